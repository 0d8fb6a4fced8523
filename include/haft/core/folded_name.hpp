// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_FOLDED_NAME_HPP
#define HAFT_CORE_FOLDED_NAME_HPP

/// When two names of plugins are one: the only comparison of such names that there is. [DC-04]

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0 {

namespace detail {
constexpr char folded(char c) noexcept { return c == '-' ? '_' : lower(c); }
}  // namespace detail

/// A name as it is compared: ASCII capitals as small letters, `-` as `_`.
HAFT_COLD inline std::string folded_name(std::string_view name) {
    std::string out(name);
    for (char& c : out) c = detail::folded(c);
    return out;
}

/// Whether two names are the same but for case and for `-` against `_`.
constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (detail::folded(a[i]) != detail::folded(b[i])) return false;
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_FOLDED_NAME_HPP
