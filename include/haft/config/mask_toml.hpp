// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_MASK_TOML_HPP
#define HAFT_CONFIG_MASK_TOML_HPP

/// toml++ 3.4 has no defined behaviour at a character such as `é` behind a line that ends in a backslash (its issues 190 and
/// 295). So it never sees one: a character of the last private plane stands in its place, which takes one column as well.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail {

inline constexpr std::uint32_t toml_mask = 0x100000;

/// Whether a text has characters of that plane itself, plain or as an escape.
HAFT_COLD inline bool uses_mask(std::string_view text) {
    return text.find('\xF4') != std::string_view::npos || text.find("\\U0010") != std::string_view::npos;
}

/// The text with those characters masked, of which the offsets are given, growing. Requires each to be one below U+10000.
HAFT_COLD inline std::string mask_toml(std::string_view text, const std::vector<std::size_t>& offsets) {
    std::string out;
    std::size_t at = 0;
    for (const std::size_t offset : offsets) {
        const char* const p = text.data() + offset;
        out.append(text, at, offset - at);
        append_utf8(out, toml_mask + code_point(p));
        at = offset + utf8_length(p, text.data() + text.size());
    }
    return out.append(text, at);
}

/// A value out of such a text, as it was.
HAFT_COLD inline std::string unmask_toml(std::string_view text) {
    std::string out;
    const char* const end = text.data() + text.size();
    for (const char* p = text.data(); p < end;) {
        const std::size_t n = utf8_length(p, end);
        if (n == 4 && code_point(p) >= toml_mask) append_utf8(out, code_point(p) - toml_mask);
        else out.append(p, n ? n : 1);
        p += n ? n : 1;
    }
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_CONFIG_MASK_TOML_HPP
