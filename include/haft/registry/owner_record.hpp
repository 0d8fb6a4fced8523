// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_OWNER_RECORD_HPP
#define HAFT_REGISTRY_OWNER_RECORD_HPP

/// What a registry knows of one owner: itself, how it stands, and what it offers at the moment.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/registry/owner.hpp>
#include <haft/registry/tool_state.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// Some of an owner's tools, and which of them can be used.
struct offered_tools {
    toolset tools;
    std::vector<const availability*> unavailable;  // by place: what is missing; null: nothing

    HAFT_COLD explicit offered_tools(toolset offered) : tools(std::move(offered)) { ask(); }

    /// Asks each tool whether it can be used; an answer that throws is a no.
    HAFT_COLD void ask() {
        unavailable.assign(tools.size(), nullptr);
        for (std::size_t i = 0; i < tools.size(); ++i)
            if (const availability* const asked = tools[i].available) unavailable[i] = asked->missing();
    }
};

/// What an owner offers: as it was declared, or while it is exposed what has come of that.
struct offer {
    std::vector<offered_tools> sets;
    std::vector<toolbox> boxes;  // whose configuration is worth recording
};

struct owner_record {
    std::shared_ptr<const owner> what;
    std::shared_ptr<const detail::offer> offer;
    owner_state state = owner_state::known;
    bool wanted = false;           // to be exposed as soon as model and circumstances allow it
    std::uint64_t exposed_at = 0;  // grows with each exposure in the registry
    std::string config = {};       // of the last exposure, a JSON object
    error problem = {};            // of an owner that is unavailable or has failed
};

/// What an owner offers before anything of it was run.
HAFT_COLD inline std::shared_ptr<const offer> declared_offer(const owner& o) {
    auto out = std::make_shared<offer>();
    out->sets.emplace_back(o.tools);
    for (const toolset& more : o.versions) out->sets.emplace_back(more);
    return out;
}

/// The order of everything that a registry lists, whatever the order in which it was added.
inline bool comes_first(const owner& a, const owner& b) noexcept {
    if (a.core != b.core) return b.core;
    if (a.priority != b.priority) return a.priority > b.priority;
    return a.name < b.name;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_REGISTRY_OWNER_RECORD_HPP
