// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_PLUGIN_NAME_HPP
#define HAFT_CORE_PLUGIN_NAME_HPP

/// What a plugin may be called, and when two names mean the same one: the only comparison of such names that there is. [DC-04]

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0 {

namespace detail {
constexpr char folded(char c) noexcept { return c == '-' ? '_' : lower(c); }
}  // namespace detail

/// 1 to 64 of A-Z a-z 0-9 _ -. [fault 100]
constexpr bool legal_plugin_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > 64) return false;
    for (const char c : name) {
        const char l = lower(c);
        if (!((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')) return false;
    }
    return true;
}

/// A name as it is compared: ASCII capitals as small letters, `-` as `_`.
HAFT_COLD inline std::string folded_plugin_name(std::string_view name) {
    std::string out(name);
    for (char& c : out) c = detail::folded(c);
    return out;
}

/// Whether two names are the same but for case and for `-` against `_`.
constexpr bool same_plugin_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (detail::folded(a[i]) != detail::folded(b[i])) return false;
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_PLUGIN_NAME_HPP
