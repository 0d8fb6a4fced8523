// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_SWITCHES_HPP
#define HAFT_REGISTRY_REGISTRY_SWITCHES_HPP

/// Which tools of exposed owners are served: definitions of what registry.hpp declares.

#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/registry/registry_class.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// Adds a name to a sorted list, or takes it out. Whether that changed anything.
HAFT_COLD inline bool put_in(std::vector<std::string>& sorted, std::string_view name) {
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), name);
    if (at != sorted.end() && *at == name) return false;
    sorted.emplace(at, name);
    return true;
}
HAFT_COLD inline bool take_out(std::vector<std::string>& sorted, std::string_view name) {
    return std::erase(sorted, name) != 0;
}

}  // namespace detail

template <class F>
void registry::for_each_tool_name(F f) const {
    for (const detail::owner_record& o : state_.owners) {
        for (const detail::offered_tools& set : o.offer->sets)
            for (const tool& t : set.tools) f(t.name);
        if (o.state == owner_state::exposed) continue;
        for (const toolbox_class& c : o.what->toolboxes)
            for (const detail::method_entry& m : c.methods) f(concat({c.name, ".", m.words.name}));
    }
}

HAFT_LARGE bool registry::is_known_tool(std::string_view name) const {
    bool known = published_.get()->find(name) != nullptr ||
                 std::binary_search(state_.rules.disabled.begin(), state_.rules.disabled.end(), name);
    for_each_tool_name([&](std::string_view one) { known = known || one == name; });
    return known;
}

HAFT_LARGE bool registry::disable_tool(std::string_view name) {
    change_guard guard(*this);
    if (!is_known_tool(name)) return false;
    state next = state_;
    const bool was_enabled = detail::take_out(next.rules.enabled, name);
    if (detail::put_in(next.rules.disabled, name) || was_enabled) commit(std::move(next));
    return true;
}

HAFT_LARGE bool registry::enable_tool(std::string_view name) {
    change_guard guard(*this);
    if (!is_known_tool(name)) return false;
    state next = state_;
    const bool was_disabled = detail::take_out(next.rules.disabled, name);
    if (detail::put_in(next.rules.enabled, name) || was_disabled) commit(std::move(next));
    return true;
}

HAFT_LARGE std::size_t registry::disable_all_tools() {
    change_guard guard(*this);
    state next = state_;
    std::vector<std::string>& disabled = next.rules.disabled;
    const std::size_t before = disabled.size();
    for_each_tool_name([&](std::string_view name) { disabled.emplace_back(name); });
    for (const tool& t : published_.get()->tools()) disabled.emplace_back(t.name);  // some have a number
    std::sort(disabled.begin(), disabled.end());
    disabled.erase(std::unique(disabled.begin(), disabled.end()), disabled.end());
    next.rules.enabled.clear();
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
    std::vector<std::string> names;  // those of toolboxes are put together only here
    for_each_tool_name([&](std::string_view name) { names.emplace_back(name); });
    const result<void> makes_sense = wanted.check_names([&](auto tell) {
        for (const std::string& name : names) tell(name);
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
            out.push_back({std::string(row.name), std::string(row.tool->description), row.state == tool_state::served,
                           row.owner->name});
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_REGISTRY_SWITCHES_HPP
