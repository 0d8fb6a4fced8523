// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_HPP
#define HAFT_PLUGIN_PLUGIN_HPP

/// A plugin as a value: a name and any mix of what plugins bring. [PM-01]

#include <haft/core/result.hpp>
#include <haft/kind/part.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/plugin/plugin_step.hpp>
#include <haft/plugin/plugin_surroundings.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What some plugins know of themselves only once they are set up, in the place of what stands in the plugin; see there.
struct plugin_words {
    std::string instructions = {};
    std::string tools_md = {};
    std::string soul_append = {};
    std::vector<std::string> models = {};
    std::vector<std::string> traits = {};
    selector auto_approved = {};
    std::function<bool()> available = {};
    std::string available_hint = {};
    int priority = 0;
    bool enrichment_only = false;
};

/// What a plugin's setup may add to what stands in the plugin: what it knows only then.
struct plugin_offer {
    toolset tools = {};
    std::vector<part> parts = {};
    std::optional<plugin_words> words = {};

    plugin_offer() = default;
    plugin_offer(toolset only_tools)
        : tools(std::move(only_tools)) {}  // NOLINT: implicit, so that setup may return a set
    plugin_offer(toolset some_tools, std::vector<part> some_parts)
        : tools(std::move(some_tools)), parts(std::move(some_parts)) {}
};

/// All but the name is optional. Loaded (by a plugin_loader) it becomes an owner of a registry.
///
/// Its life: `set_surroundings`, `init`, `setup` once, when it is loaded; `initialize` each time that it is exposed, `shutdown` when it is
/// hidden; `teardown` once, when it is unloaded. The steps of one plugin run one after the other, on the thread of whoever
/// loads, exposes or hides. Tools, hooks and commands may run meanwhile on others that began before: a plugin is torn down
/// after nobody new is served, and may wait there for those that are not over.
struct plugin {
    std::string name = {};
    /// Its name counts where that above is empty.
    kept_manifest manifest = {};

    toolset tools = {};
    std::vector<toolbox_class> toolboxes = {};  ///< an object of each is made when it is exposed
    std::vector<toolbox> instances = {};        ///< toolboxes that are there already
    std::function<result<toolset>()> tools_now = {};  ///< tools that come and go: see owner::tools_now and registry::refresh
    std::vector<part> parts =
        {};  ///< hooks, commands, enrichers, models, templates, …: see the functions that make parts
    std::string instructions = {};  ///< how its tools belong together, for the model's instructions
    std::string tools_md = {};      ///< what a prompt says of its tools, Markdown. [PM-10]
    std::string soul_append = {};   ///< what a prompt says of how to behave. [PM-11]

    /// JSON Schema of its configuration, an object; "": it takes what it is given. What it requires is required_config, too. Its
    /// defaults stand in the configuration that the steps are given, where that says nothing.
    std::string config_schema = {};
    /// Says what is wrong with a configuration: its faults, each with its place. Empty: nothing is. [fault 94]
    std::function<result<void>(std::string_view config)> check_config = {};

    /// Told of where the plugin lives: before all other steps, and again while it is loaded when the workspace is another one. If
    /// it fails the first time, the plugin is not loaded. [PM-05]
    plugin_step<void, const plugin_surroundings&> set_surroundings = {};
    /// Runs first. If it fails, that is told, the plugin stays, and it is tried again whenever the loader loads. [PM-03]
    plugin_step<void> init = {};
    /// Runs before anything of the plugin is listed. If it fails, the plugin is not loaded. [PM-04]
    plugin_step<plugin_offer> setup = {};
    plugin_step<void> teardown = {};
    /// Runs when it is exposed, and after `shutdown` when it is exposed with another configuration. [PM-05]
    plugin_step<toolset> initialize = {};
    plugin_step<void> shutdown = {};

    // As of an owner.
    std::vector<std::string> models = {};  ///< globs; none: it suits every model
    std::vector<std::string> traits = {};
    selector auto_approved = {};
    std::function<bool()> available = {};
    std::string available_hint = {};
    int priority = 0;
    bool enrichment_only = false;
};

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_HPP
