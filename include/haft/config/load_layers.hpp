// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_LOAD_LAYERS_HPP
#define HAFT_CONFIG_LOAD_LAYERS_HPP

/// All layers of a program's configuration at once, in their order. [DC-02] [DC-11] [fault 110]

#include <haft/config/configuration.hpp>
#include <haft/config/layers.hpp>
#include <haft/config/load.hpp>
#include <haft/config/overrides.hpp>
#include <haft/config/plugin_lists.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Where the layers come from. A file that is not there is passed over; one that is there has to be good.
struct config_sources {
    configuration defaults = {};
    configuration compiled_in = {};
    std::vector<std::filesystem::path> system = {};   ///< of several in one layer the later wins
    std::vector<std::filesystem::path> user = {};
    std::vector<std::filesystem::path> project = {};
    std::vector<std::string> variables = {};          ///< pointers that the environment may set though no file does
    std::vector<std::string> settings = {};           ///< of the command line: `plugin.weather.days=5`
    load_options load = {};                           ///< of each file; its environment is that of the layer, too
};

/// Loads and merges them. Errors: those of each step.
HAFT_COLD inline result<config_layers> load_layers(const config_sources& from) {
    config_layers out;
    const auto add = [&](config_layer layer, result<configuration>&& config) -> result<void> {
        if (!config) return std::move(config.error());
        return out.add(layer, std::move(*config));
    };
    // What is no file has relative paths, if any, below the folder that the program runs in.
    std::error_code problem;
    config_places here{from.load.root.empty() ? std::filesystem::current_path(problem) : from.load.root, {}};
    if (from.load.environment) try {
            here.home = from.load.environment("HOME");
        } catch (...) {}  // then there is none
    const auto add_normal = [&](config_layer layer, const result<configuration>& config) -> result<void> {
        return config ? add(layer, normalise_plugins(*config, here)) : config.error();
    };
    const auto add_files = [&](config_layer layer, const std::vector<std::filesystem::path>& files) -> result<void> {
        for (const std::filesystem::path& file : files) {
            if (!std::filesystem::exists(file, problem) && !problem) continue;
            if (result<void> done = add(layer, load_config(file, from.load)); !done) return done;
        }
        return {};
    };
    result<void> done = add_normal(config_layer::defaults, from.defaults);
    if (done) done = add_normal(config_layer::compiled_in, from.compiled_in);
    if (done) done = add_files(config_layer::system, from.system);
    if (done) done = add_files(config_layer::user, from.user);
    if (done) done = add_files(config_layer::project, from.project);
    if (!done) return std::move(done.error());
    std::vector<std::string> variables;
    for (const std::string& pointer : from.variables) variables.push_back(detail::merged_pointer(pointer));
    done = add_normal(config_layer::environment, environment_config(from.load.environment, out.merged(), variables));
    if (done) done = add_normal(config_layer::command_line, command_line_config(from.settings, out.merged()));
    if (!done) return std::move(done.error());
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_LOAD_LAYERS_HPP
