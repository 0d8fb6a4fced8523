// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_CHAIN_CHANGES_HPP
#define HAFT_HOOK_HOOK_CHAIN_CHANGES_HPP

/// How the hooks of a chain change: definitions of what hook_chain_class.hpp declares.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/hook/emission_frame.hpp>
#include <haft/hook/hook_chain_class.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_reply.hpp>
#include <haft/kind/enlistment.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

HAFT_LARGE hook_chain::~hook_chain() { delete now_.load(); }

HAFT_LARGE bool hook_chain::comes_first(const hook_entry& a, const hook_entry& b) const noexcept {
    if (a.options.order != b.options.order) return a.options.order < b.options.order;
    if (a.options.priority != b.options.priority) return a.options.priority > b.options.priority;
    const bool newest_first = a.options.order == hook_order::first ||
                              (a.options.order == hook_order::normal && facts_.equal == ties::last_added);
    return newest_first ? a.number > b.number : a.number < b.number;
}

HAFT_LARGE result<void> hook_chain::makes_sense(const hook_entry& hook) const {
    const auto refused = [&](std::string_view why) {
        return error{errc::bad_hook,
                     concat({"hook ", in_quotes(hook.options.name), " was not added at ", facts_.name, ": ", why})};
    };
    if (hook.options.guard && !facts_.can_veto)
        return refused("a guard vetoes when it fails, and here is nothing to veto; add it without guard");
    if (hook.options.async && hook.options.guard)
        return refused("a guard is waited for, and an asynchronous hook is not; choose one of them");
    if (hook.options.async && hook.wrapper)
        return refused("a wrapper is waited for, and an asynchronous hook is not; choose one of them");
    if (hook.options.async && !facts_.copy)
        return refused(
            "an asynchronous hook works on copies, and the arguments of this point can't be copied: they are "
            "views, pointers or written to");
    if (!hook.options.name.empty())
        if (const auto known = named(hook.options.name); known && known->options.owner != hook.options.owner) {
            const auto whose = [](const hook_entry& one) {
                return one.options.owner.empty() ? std::string_view("the host") : std::string_view(one.options.owner);
            };
            return refused(concat({whose(*known), " has one of that name there already; rename that of ", whose(hook),
                                   ", or take the other out first"}));
        }
    if (hook.object)
        for (const auto& known : hooks_)
            if (known->object == hook.object && known->options.name != hook.options.name)
                return refused(concat({"the same object is there already, as ", in_quotes(known->options.name)}));
    return {};
}

HAFT_LARGE result<enlistment> hook_chain::add(std::shared_ptr<hook_entry> hook) {
    if (around_->is_blocked(hook->options.name) ||
        (!hook->options.owner.empty() && around_->is_blocked(hook->options.owner)))
        return enlistment{};
    hook->point = facts_.name;
    enlistment handle([of = weak_from_this(), one = std::weak_ptr(hook)] {
        if (const auto still = of.lock()) still->take_out(one);
    });
    std::optional<reading> stays;  // while it is told history; the handle goes after that, should it throw
    std::vector<std::shared_ptr<copied_call>> calls;
    std::shared_ptr<hook_entry> replaced;
    {
        const std::lock_guard guard(mutex_);
        if (result<void> fits = makes_sense(*hook); !fits) return handle.keep(), std::move(fits.error());
        if (facts_.historic) {
            calls = history_;
            stays.emplace(*this);
        }
        hook->id = ++numbers_;
        hook->number = hook->id;
        const bool has_name = !hook->options.name.empty();
        for (std::uint64_t n = hook->id; hook->options.name.empty() || (!has_name && named(hook->options.name)); ++n)
            hook->options.name = concat({"hook_", decimal(n)});
        if (has_name && !hook->options.owner.empty())  // where it stood before its owner was loaded anew
            hook->number = places_.emplace(std::pair(hook->options.owner, hook->options.name), hook->id).first->second;
        for (auto one = hooks_.begin(); one != hooks_.end(); ++one) {
            if ((*one)->options.name != hook->options.name) continue;
            replaced = std::move(*one);
            hooks_.erase(one);
            break;
        }
        insert(hook);
        publish();
    }
    // Nobody waits here: whoever adds may have locked what a hook wants. The handle of the other one waits.
    if (replaced && replaced->options.async) around_->async().forget(replaced.get(), false);
    replaced.reset();
    let_go_if_unused();
    if (!facts_.deprecated.empty())
        tell(*hook, errc::deprecated_point, concat({"this point is deprecated; ", facts_.deprecated}));
    if (stays) replay_to(hook, calls);
    return handle;
}

/// For a handle. Waits also for a hook that has been replaced or removed already: it may still be running.
HAFT_LARGE void hook_chain::take_out(const std::weak_ptr<hook_entry>& one) {
    std::uint64_t id = 0;
    std::shared_ptr<hook_entry> async;
    if (auto hook = one.lock()) {
        id = hook->id;
        if (hook->options.async) async = std::move(hook);
    }
    remove_if([&](const hook_entry& known) { return known.id == id; });
    settle();
    if (async) around_->async().forget(async.get());
}

HAFT_LARGE std::shared_ptr<hook_entry> hook_chain::named(std::string_view name) const noexcept {
    for (const auto& known : hooks_)
        if (known->options.name == name) return known;
    return nullptr;
}

HAFT_LARGE void hook_chain::insert(std::shared_ptr<hook_entry> hook) {
    const auto behind = [&](const auto& known) { return comes_first(*hook, *known); };
    hooks_.insert(std::find_if(hooks_.begin(), hooks_.end(), behind), std::move(hook));
}

HAFT_LARGE void hook_chain::replay_to(const std::shared_ptr<hook_entry>& hook,
                                      const std::vector<std::shared_ptr<copied_call>>& calls) {
    for (const auto& call : calls) {
        if (hook->options.async) {
            around_->async().start(hook, call);
            continue;
        }
        const emission_frame frame;
        if (frame.is_too_deep()) return;
        try {
            call->run(*hook);
        } catch (const session_complete&) { throw; } catch (...) {
            tell(*hook, errc::hook_failed, caught_text());
        }
    }
}

HAFT_LARGE std::unique_ptr<hook_snapshot> hook_chain::snapshot_of(
    const std::vector<std::shared_ptr<hook_entry>>& hooks) const {
    auto out = std::make_unique<hook_snapshot>();
    for (const auto& hook : hooks) {
        if (!hook->enabled) continue;
        if (hook->options.async) out->async.push_back(hook);
        else (hook->wrapper ? out->wrappers : out->hooks).push_back({hook->run, hook.get()});
        if (hook->options.guard && !hook->wrapper) out->guards.push_back({hook->run, hook.get()});
        out->kept.push_back(hook);
    }
    out->watching = around_->monitors();
    out->stop = around_->async().token();
    const bool watched = !out->watching->empty();
    if (out->kept.empty() && !watched) return nullptr;
    out->plain = !watched && out->wrappers.empty() && out->guards.empty() && out->async.empty() &&
                 around_->slow().count() == 0;
    return out;
}

/// Requires that the mutex is held.
HAFT_LARGE void hook_chain::publish() {
    old_.reserve(old_.size() + 1);
    std::unique_ptr<const hook_snapshot> before(now_.exchange(snapshot_of(hooks_).release()));
    if (!before) return;
    old_.push_back(std::move(before));
    has_old_.store(true, std::memory_order_relaxed);
}

HAFT_LARGE void hook_chain::refresh() {
    {
        const std::lock_guard guard(mutex_);
        publish();
    }
    let_go_if_unused();
}

template <class Gone>
std::size_t hook_chain::remove_if(Gone gone) {
    std::vector<std::shared_ptr<hook_entry>> async;
    std::size_t out = 0;
    {
        std::vector<std::shared_ptr<hook_entry>> taken;  // let go with nothing locked
        const std::lock_guard guard(mutex_);
        for (const auto& known : hooks_) {
            if (!gone(*known)) continue;
            taken.push_back(known);
            if (known->options.async) async.push_back(known);
        }
        if (taken.empty()) return 0;
        std::erase_if(hooks_, [&](const auto& known) { return gone(*known); });
        publish();
        out = taken.size();
    }
    settle();  // an emission under way may start one of them yet, so what waits is dropped after that
    for (const auto& hook : async) around_->async().forget(hook.get());
    return out;
}

HAFT_LARGE std::size_t hook_chain::remove(std::string_view name) {
    return remove_if([&](const hook_entry& known) { return known.options.name == name; });
}
HAFT_LARGE std::size_t hook_chain::remove_of(std::string_view owner) {
    return remove_if([&](const hook_entry& known) { return known.options.owner == owner; });
}

HAFT_LARGE std::size_t hook_chain::enable(std::string_view name, bool enabled) {
    std::size_t out = 0;
    {
        const std::lock_guard guard(mutex_);
        for (const auto& known : hooks_) {
            if (known->options.name != name) continue;
            known->enabled = enabled;
            ++out;
        }
        if (out) publish();
    }
    let_go_if_unused();
    return out;
}

HAFT_LARGE std::vector<hook_row> hook_chain::list() const {
    std::vector<hook_row> out;
    const std::lock_guard guard(mutex_);
    for (const bool wrappers : {true, false})
        for (const auto& known : hooks_)
            if (known->wrapper == wrappers) out.push_back(known->row());
    return out;
}

HAFT_LARGE std::vector<std::shared_ptr<hook_entry>> hook_chain::entries() const {
    const std::lock_guard guard(mutex_);
    return hooks_;
}

HAFT_LARGE void hook_chain::settle() {
    if (emission_frame::within_hook()) return let_go_if_unused();
    const std::lock_guard one_at_a_time(settling_);  // what another one has taken is gone, too, when this returns
    std::vector<std::unique_ptr<const hook_snapshot>> gone;
    {
        const std::lock_guard guard(mutex_);
        gone.swap(old_);
        has_old_.store(false, std::memory_order_relaxed);
    }
    readers_.wait();
}

HAFT_COLD HAFT_LARGE void hook_chain::let_go_if_unused() noexcept {
    std::vector<std::unique_ptr<const hook_snapshot>>
        gone;  // with them hooks may go, whose destructors do what they like
    const std::lock_guard guard(mutex_);
    if (!readers_.nobody()) return;
    gone.swap(old_);
    has_old_.store(false, std::memory_order_relaxed);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_HOOK_CHAIN_CHANGES_HPP
