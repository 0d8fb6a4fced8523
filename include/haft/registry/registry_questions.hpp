// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_QUESTIONS_HPP
#define HAFT_REGISTRY_REGISTRY_QUESTIONS_HPP

/// What a registry is asked, and which tools it serves: the definitions of what registry.hpp declares.

#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/explain.hpp>
#include <haft/registry/registry_class.hpp>
#include <haft/registry/tool_state.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

// --- one by one

HAFT_LARGE bool registry::is_known_tool(std::string_view name) const {
    for (const detail::owner_record& o : state_.owners)
        for (const detail::offered_tools& set : o.offer->sets)
            if (set.tools.find(name)) return true;
    return false;
}

HAFT_LARGE bool registry::disable_tool(std::string_view name) {
    change_guard guard(*this);
    if (!is_known_tool(name)) return false;
    state next = state_;
    std::vector<std::string>& disabled = next.rules.disabled;
    const auto at = std::lower_bound(disabled.begin(), disabled.end(), name);
    if (at != disabled.end() && *at == name) return true;
    disabled.emplace(at, name);
    commit(std::move(next));
    return true;
}

HAFT_LARGE bool registry::enable_tool(std::string_view name) {
    change_guard guard(*this);
    if (!is_known_tool(name)) return false;
    state next = state_;
    if (std::erase(next.rules.disabled, name) != 0) commit(std::move(next));
    return true;
}

HAFT_LARGE std::size_t registry::disable_all_tools() {
    change_guard guard(*this);
    state next = state_;
    std::vector<std::string>& disabled = next.rules.disabled;
    const std::size_t before = disabled.size();
    for (const detail::owner_record& o : state_.owners)
        for (const detail::offered_tools& set : o.offer->sets)
            for (const tool& t : set.tools) disabled.emplace_back(t.name);
    std::sort(disabled.begin(), disabled.end());
    disabled.erase(std::unique(disabled.begin(), disabled.end()), disabled.end());
    const std::size_t changed = disabled.size() - before;
    if (changed) commit(std::move(next));
    return changed;
}

HAFT_LARGE std::size_t registry::enable_all_tools() {
    change_guard guard(*this);
    state next = state_;
    const std::size_t changed = next.rules.disabled.size();
    next.rules.disabled.clear();
    if (changed) commit(std::move(next));
    return changed;
}

HAFT_LARGE result<void> registry::select(selector wanted) {
    change_guard guard(*this);
    const result<void> makes_sense = wanted.check_names([&](auto tell) {
        for (const detail::owner_record& o : state_.owners)
            for (const detail::offered_tools& set : o.offer->sets)
                for (const tool& t : set.tools) tell(t.name);
    });
    if (!makes_sense) return makes_sense;
    state next = state_;
    next.rules.selection = std::move(wanted);
    commit(std::move(next));
    return {};
}

HAFT_LARGE void registry::select_all() {
    change_guard guard(*this);
    state next = state_;
    next.rules.selection.reset();
    commit(std::move(next));
}

HAFT_LARGE std::vector<tool_status> registry::list_tools() const {
    std::vector<tool_status> out;
    for (const auto now = snapshot(); const catalog_row& row : now->rows())
        if (row.state != tool_state::of_hidden_owner)
            out.push_back({std::string(row.tool->name), std::string(row.tool->description),
                           row.state == tool_state::served, row.owner->name});
    return out;
}

HAFT_LARGE std::vector<skipped_owner> registry::skipped() const {
    std::vector<skipped_owner> out;
    for (const auto now = snapshot(); const detail::owner_record& o : now->owners())
        if (o.state == owner_state::skipped) out.push_back({o.what->name, o.what->models});
    return out;
}

// --- questions

HAFT_LARGE std::vector<std::string> registry::auto_approved_tools() const {
    std::vector<std::string> out;
    for (const auto now = snapshot(); const tool& t : now->tools())
        if (now->is_auto_approved(t)) out.emplace_back(t.name);
    return out;
}

HAFT_LARGE std::vector<std::string> registry::tools_with_trait(std::string_view trait) const {
    std::vector<std::string> out;
    for (const auto now = snapshot(); const tool& t : now->tools())
        if (t.tags.has(trait)) out.emplace_back(t.name);
    return out;
}

HAFT_LARGE std::vector<std::string> registry::traits_of(std::string_view tool_name) const {
    std::vector<std::string> out;
    const auto now = snapshot();
    if (const tool* const t = now->find(tool_name))
        for (const std::string_view trait : t->tags) out.emplace_back(trait);
    return out;
}

HAFT_LARGE std::vector<std::string> registry::owners_with_trait(std::string_view trait) const {
    return names_where([&](const detail::owner_record& o) {
        const std::vector<std::string>& all = o.what->traits;
        return o.state == owner_state::exposed && std::find(all.begin(), all.end(), trait) != all.end();
    });
}

HAFT_LARGE std::vector<error> registry::problems() const {
    const std::lock_guard guard(problems_mutex_);
    return problems_;
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_REGISTRY_QUESTIONS_HPP
