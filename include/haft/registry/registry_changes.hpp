// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_CHANGES_HPP
#define HAFT_REGISTRY_REGISTRY_CHANGES_HPP

/// How a registry changes, and its owners with it: definitions of what registry.hpp declares. Each change works on a copy of the
/// state, and puts the copy and its catalog in place when nothing can fail any more. Nothing of an owner's runs between the two.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sorted_places.hpp>
#include <haft/core/text.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/registry/catalog_builder.hpp>
#include <haft/registry/make_offer.hpp>
#include <haft/registry/registry_class.hpp>
#include <haft/tool/same_tools.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// A name that lists, configurations and selections can hold without quoting.
constexpr bool legal_owner_name(std::string_view name) noexcept {
    return legal_tool_name(name) && name.size() <= 64 && name.find('.') == std::string_view::npos;
}

/// Whose tools come by add_tool.
inline constexpr std::string_view host_name = "host";

}  // namespace detail

HAFT_LARGE void registry::publish(const state& of) {
    std::shared_ptr<const catalog> next = catalog_builder::build(of.owners, of.rules, of.model);
    const bool tools_changed =
        !detail::same_tools(published_.get()->tools(), next->tools()) || (untold_ && untold_->tools_changed);
    published_.put(std::move(next));
    untold_ = registry_change{published_.generation(), tools_changed};
}

HAFT_LARGE void registry::commit(state next) {
    if (batches_ == 0) publish(next);
    std::swap(state_, next);
}

HAFT_LARGE void registry::commit_without(state next, leaving_owner gone) {
    leaving_.reserve(leaving_.size() + 1);
    commit(std::move(next));
    leaving_.push_back(std::move(gone));
}

/// Of a batch that came to nothing: what it has hidden is as it was, what it has exposed goes again.
HAFT_LARGE void registry::take_back(state& before, std::size_t leaving) noexcept {
    std::swap(state_, before);
    leaving_.erase(std::remove_if(leaving_.begin() + static_cast<std::ptrdiff_t>((std::min)(leaving, leaving_.size())),
                                  leaving_.end(), [](const leaving_owner& o) { return !o.failed; }),
                   leaving_.end());
    for (detail::owner_record& tried : before.owners) {
        if (tried.state != owner_state::exposed) continue;
        const detail::owner_record* const was = state_.find(tried.what->name);
        if (was && was->state == owner_state::exposed && was->exposed_at == tried.exposed_at) continue;
        try {
            leaving_.push_back({tried.what, true, false, tried.enlisted});
        } catch (...) { shut_down(*tried.what); }
    }
}

/// Shuts down what has left, one after the other. Code that an owner runs may come here too, with the registry locked: only if
/// it exposes anew what it has just hidden.
HAFT_LARGE void registry::see_off(change_guard& guard) noexcept {
    for (;;) {
        const auto waiting = [](const leaving_owner& o) { return o.on == std::thread::id{}; };
        const auto next = std::find_if(leaving_.begin(), leaving_.end(), waiting);
        if (next == leaving_.end()) return;
        next->on = std::this_thread::get_id();
        const std::shared_ptr<const owner> what = next->what;
        if (next->removed && !state_.find(what->name)) paths_.forget(what->name);
        if (next->was_exposed || next->enlisted) {
            const auto leave = [&, shuts_down = next->was_exposed, enlisted = std::move(next->enlisted)] {
                detail::withdraw_all(enlisted);
                if (shuts_down) shut_down(*what);
            };
            if (guard.is_outermost()) guard.while_unlocked(leave);
            else leave();
        }
        std::erase_if(leaving_, [&](const leaving_owner& o) {  // another entry of it may wait for its turn
            return o.what == what && o.on == std::this_thread::get_id();
        });
        has_left_.notify_all();
    }
}

HAFT_LARGE result<void> registry::wait_until_gone(change_guard& guard, const owner& o) {
    for (;;) {
        const auto is_it = [&](const leaving_owner& l) { return l.what.get() == &o; };
        const auto leaving = std::find_if(leaving_.begin(), leaving_.end(), is_it);
        if (leaving == leaving_.end()) return {};
        if (leaving->on == std::thread::id{} && !batches_) {
            see_off(guard);
        } else if (leaving->on != std::this_thread::get_id() && leaving->on != std::thread::id{} &&
                   guard.is_outermost()) {
            guard.wait();
        } else {
            return error{errc::owner_failed,
                         concat({"owner ", in_quotes(o.name), " is being shut down; expose it after that",
                                 batches_ ? ", which is after the batch" : ""})};
        }
    }
}

HAFT_LARGE void registry::shut_down(const owner& o) noexcept {
    if (!o.shutdown) return;
    try {
        o.shutdown();
    } catch (...) {
        tell_problem(
            {errc::owner_failed, concat({"shutting down owner ", in_quotes(o.name), ": ", detail::caught_text()})});
    }
}

HAFT_LARGE std::vector<std::string> registry::names_in_order() const {
    const auto order = sorted_places(state_.owners.size(), this, [](const void* self, std::size_t a, std::size_t b) {
        const auto& of = static_cast<const registry*>(self)->state_.owners;
        return detail::comes_first(*of[a].what, *of[b].what);
    });
    std::vector<std::string> out;
    for (const std::size_t i : order) out.push_back(state_.owners[i].what->name);
    return out;
}

HAFT_LARGE error registry::unknown_owner(std::string_view name) const {
    const std::vector<std::string> known = names_in_order();
    nearest_name nearest(name);
    for (const std::string& one : known) nearest.consider(one);
    error e{errc::unknown_owner, concat({"no owner is named ", in_quotes(name)})};
    append_did_you_mean(e.message, nearest.name());
    e.message += known.empty() ? "; none is known" : "; known are ";
    for (const std::string& one : known) append_all(e.message, {&one == known.data() ? "" : ", ", one});
    return e;
}

HAFT_LARGE void registry::tell_problem(error e) noexcept {
    try {
        const std::lock_guard guard(problems_mutex_);
        problems_.push_back(std::move(e));
    } catch (...) {}  // there is no memory to say so
}

// --- owners

HAFT_LARGE result<void> registry::add(owner o) {
    change_guard guard(*this);
    if (!detail::legal_owner_name(o.name))
        return error{errc::bad_owner,
                     concat({"the owner name ", in_quotes(o.name), " is not legal; 1 to 64 of A-Z a-z 0-9 _ - are"})};
    if (o.name == detail::host_name)
        return error{errc::bad_owner,
                     "the owner \"host\" is the registry's own, for what add_tool adds; choose another name"};
    if (result<void> makes_sense = o.auto_approved.check_items(); !makes_sense)
        return error{errc::bad_owner,
                     concat({"owner ", in_quotes(o.name),
                             " was not added: what it approves by itself: ", makes_sense.error().message})};
    state next = state_;
    detail::owner_record fresh{std::make_shared<const owner>(std::move(o)), nullptr};
    fresh.offer = detail::declared_offer(*fresh.what);
    const std::string& name = fresh.what->name;
    detail::owner_record* const known = next.find(name);
    if (!known) {
        next.owners.push_back(std::move(fresh));
        commit(std::move(next));
        return {};
    }
    switch (options_.owners) {
        case on_duplicate::error:
        case on_duplicate::suffix:
            return error{errc::duplicate_owner,
                         concat({"owner ", in_quotes(name), " is known already",
                                 known->what->source.empty() ? "" : ", from ", known->what->source, "; the second",
                                 fresh.what->source.empty() ? "" : ", from ", fresh.what->source, ", was not added"})};
        case on_duplicate::keep_first: return {};
        case on_duplicate::replace_with_warning:
            tell_problem({errc::duplicate_owner, concat({"owner ", in_quotes(name), " was replaced"})});
            [[fallthrough]];
        case on_duplicate::replace: break;
    }
    const detail::owner_record replaced = std::exchange(*known, std::move(fresh));
    if (replaced.state == owner_state::exposed)
        commit_without(std::move(next), {replaced.what, true, false, replaced.enlisted});
    else commit(std::move(next));
    return {};
}

HAFT_LARGE result<bool> registry::add_exposed(owner o, std::string_view config) {
    change_guard guard(*this);
    const std::string name = o.name;
    if (result<void> added = add(std::move(o)); !added) return std::move(added.error());
    return expose(name, config);
}

HAFT_LARGE bool registry::remove(std::string_view owner_name) {
    change_guard guard(*this);
    state next = state_;
    const detail::owner_record* const known = next.find(owner_name);
    if (!known) return false;
    const detail::owner_record gone = *known;
    next.owners.erase(next.owners.begin() + (known - next.owners.data()));
    commit_without(std::move(next), {gone.what, gone.state == owner_state::exposed, true, gone.enlisted});
    return true;
}

HAFT_LARGE result<void> registry::add_to_host(const toolset& added) {
    change_guard guard(*this);
    for (std::size_t i = 0; i < added.size(); ++i)
        if (result<void> done = add_to_host(added, i); !done) return done;
    return {};
}

HAFT_LARGE result<void> registry::add_to_host(const toolset& added, std::size_t at) {
    const std::string_view name = added[at].name;
    const availability* const lacks =
        detail::missing_for(added[at]);  // it may change the registry, so it is asked first
    state next = state_;
    detail::owner_record* const known = next.find(detail::host_name);
    const owner before =
        known ? *known->what : owner{.name = std::string(detail::host_name), .description = "tools of the host's own"};
    const std::vector<const availability*> missing =
        known ? known->offer->sets.front().missing : std::vector<const availability*>{};
    const bool taken = before.tools.find(name) != nullptr;
    const bool replaces =
        taken && (options_.tools == on_duplicate::replace || options_.tools == on_duplicate::replace_with_warning);
    if (taken && options_.tools == on_duplicate::keep_first) return {};

    detail::offered_tools all;
    for (std::size_t i = 0; i < before.tools.size(); ++i) {
        if (replaces && before.tools[i].name == name) continue;
        all.tools.add_from(before.tools, i);
        all.missing.push_back(missing[i]);
    }
    std::string given(name);
    if (options_.tools == on_duplicate::suffix)
        for (std::uint64_t n = 1; all.tools.find(given);) given = detail::numbered(name, n++);
    const result<void> done = given == name ? all.tools.add_from(added, at) : all.tools.add_from(added, at, given);
    if (!done) return done;
    all.missing.push_back(lacks);

    owner host = before;
    host.tools = all.tools;
    detail::owner_record record{std::make_shared<const owner>(std::move(host)), nullptr};
    auto offered = std::make_shared<detail::offer>();
    offered->sets.push_back(std::move(all));
    if (!taken)
        if (result<void> fits = check_names(*record.what, *offered, "it was not added"); !fits) return fits;
    record.offer = std::move(offered);
    record.state = owner_state::exposed;
    record.wanted = true;
    record.exposed_at = known ? known->exposed_at : ++next.exposures;
    if (known) *known = std::move(record);
    else next.owners.push_back(std::move(record));
    commit(std::move(next));
    if (replaces && options_.tools == on_duplicate::replace_with_warning)
        tell_problem({errc::duplicate_tool, concat({"tool ", in_quotes(name), " of owner \"host\" was replaced"})});
    return {};
}

HAFT_LARGE bool registry::remove_tool(std::string_view name) {
    change_guard guard(*this);
    state next = state_;
    detail::owner_record* const known = next.find(detail::host_name);
    if (!known || !known->what->tools.find(name)) return false;
    const detail::offered_tools& before = known->offer->sets.front();
    detail::offered_tools rest;
    for (std::size_t i = 0; i < before.tools.size(); ++i) {
        if (before.tools[i].name == name) continue;
        rest.tools.add_from(before.tools, i);
        rest.missing.push_back(before.missing[i]);
    }
    owner host = *known->what;
    host.tools = rest.tools;
    known->what = std::make_shared<const owner>(std::move(host));
    auto offered = std::make_shared<detail::offer>();
    offered->sets.push_back(std::move(rest));
    known->offer = std::move(offered);
    commit(std::move(next));
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_REGISTRY_CHANGES_HPP
