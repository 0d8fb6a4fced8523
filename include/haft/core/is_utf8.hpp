// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_IS_UTF8_HPP
#define HAFT_CORE_IS_UTF8_HPP

/// Whether a text that came from elsewhere is UTF-8.

#include <haft/core/text.hpp>

#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

/// All of it, without overlong forms, surrogates and what lies beyond U+10FFFF (RFC 3629).
constexpr bool is_utf8(std::string_view text) noexcept {
    for (const char *p = text.data(), *const end = p + text.size(); p != end;) {
        const std::size_t n = utf8_length(p, end);
        if (n == 0) return false;
        p += n;
    }
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_IS_UTF8_HPP
