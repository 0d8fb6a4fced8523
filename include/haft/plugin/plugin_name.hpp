// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_NAME_HPP
#define HAFT_PLUGIN_PLUGIN_NAME_HPP

/// What a plugin may be called, and which names mean the same one.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// 1 to 64 of A-Z a-z 0-9 _ -. [fault 100]
constexpr bool legal_plugin_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > 64) return false;
    for (const char c : name) {
        const char l = lower(c);
        if (!((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')) return false;
    }
    return true;
}

/// Whether two names mean one plugin: case and the difference between `-` and `_` don't count, wherever plugins are compared.
/// [DC-04]
constexpr bool same_plugin_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    const auto plain = [](char c) { return c == '-' ? '_' : lower(c); };
    for (std::size_t i = 0; i < a.size(); ++i)
        if (plain(a[i]) != plain(b[i])) return false;
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_NAME_HPP
