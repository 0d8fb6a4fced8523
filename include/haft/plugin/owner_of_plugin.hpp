// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_OWNER_OF_PLUGIN_HPP
#define HAFT_PLUGIN_OWNER_OF_PLUGIN_HPP

/// What a plugin is to a registry.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/json/pieces.hpp>
#include <haft/plugin/check_plugin_config.hpp>
#include <haft/plugin/config_defaults.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/registry/owner.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// A configuration that says nothing is none: a registry would take it for another one than none.
inline std::string_view config_for_registry(std::string_view config) {
    return json::members_of(config).empty() ? std::string_view() : config;
}

/// An owner that keeps the plugin, with what its setup has added.
HAFT_COLD inline owner owner_of(std::shared_ptr<const plugin> p, plugin_offer offered, bool may_lack_keys) {
    owner out{.name = p->name,
              .description = p->manifest.description,
              .version = p->manifest.version,
              .priority = p->priority,
              .enrichment_only = p->enrichment_only,
              .instructions = p->instructions,
              .tools = p->tools,
              .toolboxes = p->toolboxes,
              .instances = p->instances,
              .tools_now = p->tools_now,
              .parts = p->parts,
              .models = p->models,
              .traits = p->traits,
              .auto_approved = p->auto_approved,
              .available = p->available,
              .available_hint = p->available_hint};
    for (std::size_t i = 0; i < offered.tools.size(); ++i) out.tools.add_from(offered.tools, i);
    out.tools.add_problems_of(offered.tools);
    for (part& one : offered.parts) out.parts.push_back(std::move(one));
    if (p->initialize || p->setup || p->check_config)
        out.initialize = [p, may_lack_keys](std::string_view config) -> result<toolset> {
            std::vector<error> told_before;
            if (result<void> fits = check_plugin_config(*p, config, may_lack_keys, told_before); !fits)
                return std::move(fits.error());
            return p->initialize(detail::with_defaults(p->config_schema, config.empty() ? "{}" : config));
        };
    if (p->shutdown)
        out.shutdown = [p] {
            if (const result<void> done = p->shutdown("{}"); !done) throw std::runtime_error(done.error().message);
        };
    return out;
}

/// `2 tools, 1 toolbox, 1 command`, in the order of the kinds' names behind the tools; `nothing`. What it makes when it is exposed
/// nobody knows yet.
HAFT_COLD inline std::string what_it_brings(const owner& o) {
    std::string out;
    const auto say = [&](std::size_t count, std::string_view one, std::string_view ending) {
        if (count) append_all(out, {out.empty() ? "" : ", ", decimal(count), " ", one, count == 1 ? "" : ending});
    };
    std::size_t tools = o.tools.size();
    if (o.tools_now)
        if (const result<toolset> now = o.tools_now()) tools += now->size();
    say(tools, "tool", "s");
    say(o.toolboxes.size() + o.instances.size(), "toolbox", "es");
    std::map<std::string_view, std::size_t> kinds;
    for (const part& one : o.parts) ++kinds[one.kind];
    for (const auto& [kind, count] : kinds) say(count, kind, "s");
    return out.empty() ? "nothing" : out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_OWNER_OF_PLUGIN_HPP
