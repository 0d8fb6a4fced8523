// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_PLACES_HPP
#define HAFT_PLUGIN_PLUGIN_PLACES_HPP

/// Where plugins that are folders are looked for, and whose word counts more. [DC-07]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/os/variables.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Whose place it is.
enum class plugin_scope : unsigned char { project, user, built_in };
constexpr std::string_view name_of(plugin_scope scope) noexcept {
    constexpr std::array<std::string_view, 3> names{"project", "user", "built-in"};
    return names[static_cast<unsigned char>(scope)];
}

/// A folder whose folders are plugins, or which is one.
struct plugin_place {
    std::filesystem::path folder;
    plugin_scope scope = plugin_scope::user;
};

/// Of two plugins of one name that of the earlier scope counts; within a scope that of the earlier place. [DC-01]
using plugin_precedence = std::array<plugin_scope, 3>;
inline constexpr plugin_precedence project_first{plugin_scope::project, plugin_scope::user, plugin_scope::built_in};
/// As gptme's first documents had it: nobody's folder replaces what came with the host.
inline constexpr plugin_precedence built_in_first{plugin_scope::built_in, plugin_scope::user, plugin_scope::project};

/// The places in the order of a precedence.
HAFT_COLD inline std::vector<plugin_place> in_order(std::vector<plugin_place> places,
                                                    const plugin_precedence& precedence) {
    const auto rank = [&](const plugin_place& one) {
        return std::find(precedence.begin(), precedence.end(), one.scope) - precedence.begin();
    };
    std::stable_sort(places.begin(), places.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    return places;
}

/// The usual places of a program: `.haft/plugins` in the project; `haft/plugins` in $XDG_CONFIG_HOME and $XDG_DATA_HOME; and
/// for what comes in packages `haft/plugins` in each of $XDG_DATA_DIRS and in `libdir`, the host's own ("": none). Where a
/// variable is not set or names no absolute path its default counts (XDG Base Directory Specification); without HOME the user
/// has no place. A null function knows no variable. Whether they are there nobody has looked.
HAFT_COLD inline std::vector<plugin_place> default_plugin_places(const std::filesystem::path& project,
                                                                 const environment_function& variables,
                                                                 const std::filesystem::path& libdir = {}) {
    namespace fs = std::filesystem;
    std::vector<plugin_place> out;
    const auto read = [&](std::string_view name) { return variables ? variables(name).value_or("") : std::string(); };
    const auto absolute = [&](std::string_view name) {
        std::string value = read(name);
        return value.starts_with('/') ? value : std::string();
    };
    const auto add = [&](const fs::path& above, plugin_scope scope) {
        out.push_back({above / "haft" / "plugins", scope});
    };
    if (!project.empty()) out.push_back({project / ".haft" / "plugins", plugin_scope::project});
    const std::string home = absolute("HOME");
    for (const auto& [name, below] : {std::pair<std::string_view, std::string_view>{"XDG_CONFIG_HOME", ".config"},
                                      {"XDG_DATA_HOME", ".local/share"}}) {
        const std::string value = absolute(name);
        if (!value.empty()) add(value, plugin_scope::user);
        else if (!home.empty()) add(fs::path(home) / std::string(below), plugin_scope::user);
    }
    std::string data = read("XDG_DATA_DIRS");
    if (data.empty()) data = "/usr/local/share:/usr/share";
    for (std::string_view rest = data; !rest.empty();) {
        const std::size_t end = rest.find(':');
        const std::string_view one = rest.substr(0, end);
        rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
        if (one.starts_with('/')) add(std::string(one), plugin_scope::built_in);
    }
    if (!libdir.empty()) add(libdir, plugin_scope::built_in);
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_PLACES_HPP
