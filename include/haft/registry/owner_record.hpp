// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_OWNER_RECORD_HPP
#define HAFT_REGISTRY_OWNER_RECORD_HPP

/// What a registry knows of one owner: itself, how it stands, and what it offers at the moment.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/registry/owner.hpp>
#include <haft/registry/tool_state.hpp>
#include <haft/tool/about.hpp>
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
    toolset tools = {};
    std::vector<const availability*> missing = {};  // by place: what keeps a tool from being used; null: nothing

    offered_tools() = default;
    explicit offered_tools(toolset offered) : tools(std::move(offered)), missing(tools.size(), nullptr) {}
};

/// What an owner offers: as it was declared, or while it is exposed what has come of that.
struct offer {
    std::vector<offered_tools> sets;  // the last of them those of the toolboxes
    std::vector<toolbox> boxes;
    std::size_t coming_and_going = static_cast<std::size_t>(-1);  // which set has owner::tools_now; none
};

struct owner_record {
    std::shared_ptr<const owner> what;
    std::shared_ptr<const detail::offer> offer;
    owner_state state = owner_state::known;
    bool wanted = false;           // to be exposed as soon as model and circumstances allow it
    std::uint64_t exposed_at = 0;  // grows with each exposure in the registry
    std::string config = {};       // of the last exposure, a JSON object
    std::shared_ptr<std::vector<enlistment>> enlisted = {};  // its parts, while it is exposed
    error problem = {};            // why it is unavailable, clashes or has failed
};

/// Takes an owner's parts out again, the last one first.
HAFT_COLD inline void withdraw_all(const std::shared_ptr<std::vector<enlistment>>& parts) noexcept {
    if (!parts) return;
    for (; !parts->empty(); parts->pop_back()) parts->back().withdraw();
}

/// What an owner offers before anything of it was run, not even a question.
HAFT_COLD inline std::shared_ptr<const offer> declared_offer(const owner& o) {
    auto out = std::make_shared<offer>();
    out->sets.emplace_back(o.enrichment_only ? toolset{} : o.tools);
    if (o.enrichment_only) return out;
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
