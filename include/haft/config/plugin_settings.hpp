// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_PLUGIN_SETTINGS_HPP
#define HAFT_CONFIG_PLUGIN_SETTINGS_HPP

/// What a whole configuration says of plugins: where to look, which may be loaded, how each is configured. [DC-02] [DC-03]
/// [DC-05] [DC-06]

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/plugin_lists.hpp>
#include <haft/config/read_section.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_filter.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One plugin that a configuration speaks of.
struct plugin_settings {
    std::string name;       ///< as it was written first
    bool enabled = true;    ///< whether it may be loaded
    nlohmann::json config;  ///< its section; {} if it has none. `config.read<T>(plugin_pointer(name))` reads it with places
    config_origin origin;   ///< of its section, or else of its name in a list
};

/// A folder in which plugins are looked for.
struct plugin_path {
    std::filesystem::path path;  ///< absolute
    config_origin origin;
};

/// All of that.
struct plugins_config {
    std::vector<plugin_path> paths = {};        ///< each folder once, the user's before the project's
    plugin_filter filter = {};                  ///< the lists of all layers, each name once, with their places. [DC-03] [DC-04]
    std::vector<plugin_settings> plugins = {};  ///< those that have a section, in the order of their names, then those in lists

    /// The settings of one plugin, or null if nobody speaks of it.
    HAFT_COLD const plugin_settings* find(std::string_view name) const {
        for (const plugin_settings& p : plugins)
            if (same_plugin_name(p.name, name)) return &p;
        return nullptr;
    }
};

/// Reads it from merged layers, or from one file. Takes both shapes (see normalise_plugins); relative paths that nobody has made
/// absolute begin at `places.root`. Folders are the same if their paths are, links resolved. Errors: E0384.
HAFT_COLD inline result<plugins_config> plugins_of(const configuration& from, const config_places& places = {}) {
    result<configuration> config = normalise_plugins(from, places);
    if (!config) return std::move(config.error());
    result<detail::plugins_table> table = config->read<detail::plugins_table>("/plugins");
    if (!table) return std::move(table.error());

    plugins_config out;
    std::vector<std::filesystem::path> seen;
    for (std::size_t i = 0; i < table->paths.size(); ++i) {
        std::filesystem::path path = table->paths[i];
        std::error_code problem;
        std::filesystem::path real = std::filesystem::weakly_canonical(path, problem);
        if (problem) real = path;
        bool known = false;
        for (const std::filesystem::path& other : seen) known = known || other == real;
        if (known) continue;
        seen.push_back(std::move(real));
        out.paths.push_back({std::move(path), config->origin(concat({"/plugins/paths/", decimal(i)}))});
    }
    const auto once = [](const std::vector<std::string>& names) {
        std::vector<std::string> kept;
        for (const std::string& name : names)
            if (!plugin_filter::lists(kept, name)) kept.push_back(name);
        return kept;
    };
    out.filter.enabled = once(table->enabled);
    out.filter.disabled = once(table->disabled);
    if (table->only) out.filter.only = once(*table->only);
    out.filter.enabled_at = config->origin("/plugins/enabled").text();
    out.filter.disabled_at = config->origin("/plugins/disabled").text();
    out.filter.only_at = config->origin("/plugins/only").text();

    if (const nlohmann::json* const sections = config->find("/plugin"))
        for (auto at = sections->begin(); at != sections->end(); ++at)
            out.plugins.push_back({at.key(), true, at.value(), config->origin(plugin_pointer(at.key()))});
    const auto add = [&](const std::vector<std::string>& names, std::string_view list) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (const plugin_settings* const known = out.find(names[i])) {
                if (known->name == folded_plugin_name(known->name))  // a name in a list is as people write it
                    out.plugins[static_cast<std::size_t>(known - out.plugins.data())].name = names[i];
                continue;
            }
            out.plugins.push_back({names[i], true, nlohmann::json::object(),
                                   config->origin(concat({"/plugins/", list, "/", decimal(i)}))});
        }
    };
    add(table->enabled, "enabled");
    if (table->only) add(*table->only, "only");
    add(table->disabled, "disabled");
    for (plugin_settings& p : out.plugins) p.enabled = out.filter.allows(p.name);
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_PLUGIN_SETTINGS_HPP
