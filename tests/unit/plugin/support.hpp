// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_PLUGIN_SUPPORT_HPP
#define HAFT_TESTS_PLUGIN_SUPPORT_HPP

// Plugins that tell what becomes of them.
#include <haft/plugin.hpp>
#include <haft/registry.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plugin_test {

using texts = std::vector<std::string>;

/// A tool that answers with a text.
inline haft::toolset one_tool(std::string_view name, std::string answer) {
    haft::toolset out;
    out.add(name, "Answers", [answer = std::move(answer)] { return answer; });
    return out;
}

/// A plugin with a tool of its name, all of whose steps are told.
inline haft::plugin telling(texts& log, std::string name, haft::kept_manifest manifest = {}) {
    const auto tell = [&log, name](std::string_view what) {
        return [&log, text = name + " " + std::string(what)] { log.push_back(text); };
    };
    haft::plugin out{.name = name, .manifest = std::move(manifest), .tools = one_tool(name, name)};
    out.setup = tell("setup");
    out.teardown = tell("teardown");
    out.initialize = tell("initialize");
    out.shutdown = tell("shutdown");
    return out;
}

/// A registry with a loader for it.
struct host {
    haft::registry registry;
    haft::plugin_loader loader;

    explicit host(haft::plugin_loader_options options = {}) : loader(registry, std::move(options)) {}

    void add(haft::plugin p, std::string config = {}) {
        if (config.empty()) loader.add(haft::make_entry(std::move(p)));
        else loader.add(haft::make_entry(std::move(p)), std::move(config));
    }
    haft::plugin_status row(std::string_view name) const {
        for (const haft::plugin_status& r : loader.status())
            if (r.name == name) return r;
        return {};
    }
    haft::plugin_state state(std::string_view name) const { return row(name).state; }
    std::string problem(std::string_view name) const { return row(name).problem.message; }
    bool serves(std::string_view tool) const { return registry.snapshot()->find(tool) != nullptr; }
};

}  // namespace plugin_test

#endif  // HAFT_TESTS_PLUGIN_SUPPORT_HPP
