// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_CHAIN_CALLS_HPP
#define HAFT_HOOK_HOOK_CHAIN_CALLS_HPP

/// How the hooks of a chain are called: definitions of what hook_chain_class.hpp declares.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/text.hpp>
#include <haft/hook/emission_frame.hpp>
#include <haft/hook/hook_chain_class.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_reply.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

HAFT_LARGE void rest_of_hooks::call() {
    if (called_) throw wrapper_misuse("a wrapper called the others a second time");
    called_ = true;
    chain_.call_from(emission_, next_);
}

HAFT_HOT void hook_chain::call(const active_hook& one, emission& e) {
    try {
        one.run(*one.hook, e, nullptr);
    } catch (const session_complete&) { throw; } catch (...) {
        if (facts_.passes_exceptions) throw;
        failed(*one.hook, e);
    }
}

HAFT_LARGE void hook_chain::run(emission& e) {
    const emission_frame frame;
    if (frame.is_too_deep()) return refuse_depth(e);
    if (facts_.historic) return run_and_keep(e);
    const reading snapshot(*this);
    const hook_snapshot* const now = now_.load();
    if (!now) return;
    if (!now->plain || e.without) return run_as(e, *now);
    e.hooks = now;
    for (const active_hook& one : now->hooks) {
        call(one, e);
        if (e.ended) return;
    }
}

/// Keeps and calls as one step, so that a hook that is being added is called once for it.
HAFT_APART HAFT_LARGE void hook_chain::run_and_keep(emission& e) {
    std::shared_ptr<copied_call> kept = facts_.copy(e);
    std::unique_lock lock(mutex_);
    if (history_.size() == most_history) history_.erase(history_.begin());
    history_.push_back(std::move(kept));
    const reading snapshot(*this);
    const hook_snapshot* const now = now_.load();
    lock.unlock();
    if (now) run_as(e, *now);
}

HAFT_LARGE void hook_chain::run_with(emission& e, const std::vector<std::shared_ptr<hook_entry>>& more) {
    const emission_frame frame;
    if (frame.is_too_deep()) return refuse_depth(e);
    const reading hooks_stay(*this);  // as long as this goes on nobody's hook is gone
    std::vector<std::shared_ptr<hook_entry>> all;
    {
        const std::lock_guard guard(mutex_);
        all = hooks_;
        std::uint64_t number = numbers_;
        for (const auto& one : more) {
            one->number = ++number;
            const auto behind = [&](const auto& known) { return comes_first(*one, *known); };
            all.insert(std::find_if(all.begin(), all.end(), behind), one);
        }
    }
    const std::unique_ptr<hook_snapshot> now = snapshot_of(all);
    if (now) run_as(e, *now);
}

HAFT_APART HAFT_LARGE void hook_chain::run_as(emission& e, const hook_snapshot& with) {
    e.hooks = &with;
    for (const auto& hook : with.async)
        if (!is_left_out(*hook, e)) around_->async().start(hook, facts_.copy(e));
    if (with.watching->empty()) return call_from(e, 0), ask_guards(e);
    hook_event event = event_of(e);
    notify(*with.watching, event, false);
    struct afterwards {
        hook_chain& chain;
        const emission& e;
        hook_event& event;
        ~afterwards() {
            event.ended = e.ended;
            chain.notify(*e.hooks->watching, event, true);
        }
    } const told{*this, e, event};
    call_from(e, 0);
    ask_guards(e);  // who is around the others may have changed the text
}

HAFT_LARGE bool hook_chain::is_left_out(const hook_entry& hook, const emission& e) noexcept {
    return e.without && std::find(e.without->begin(), e.without->end(), hook.options.owner) != e.without->end();
}

HAFT_LARGE void hook_chain::call_from(emission& e, std::size_t wrapper) {
    const std::vector<active_hook>& wrappers = e.hooks->wrappers;
    while (wrapper < wrappers.size() && is_left_out(*wrappers[wrapper].hook, e)) ++wrapper;
    if (wrapper == wrappers.size()) return call_watched(e), ask_guards(e);
    const active_hook& one = wrappers[wrapper];
    rest_of_hooks rest(*this, e, wrapper + 1);
    bool has_failed = false;
    try {
        one.run(*one.hook, e, &rest);
    } catch (const session_complete&) { throw; } catch (const wrapper_misuse& misuse) {
        tell(*one.hook, errc::bad_wrapper, misuse.what());
        if (facts_.passes_exceptions) throw;
        has_failed = true;
    } catch (...) {
        if (facts_.passes_exceptions) throw;
        failed(*one.hook, e);
        has_failed = true;
    }
    if (rest.called()) return;
    if (!has_failed)
        tell(*one.hook, errc::bad_wrapper, "a wrapper did not call the others; they were called without it");
    call_from(e, wrapper + 1);
}

/// With a look at the clock, and without those whom an emission leaves out.
HAFT_LARGE void hook_chain::call_watched(emission& e) {
    using clock = std::chrono::steady_clock;
    const bool times = around_->slow().count() != 0;
    clock::time_point before = times ? clock::now() : clock::time_point{};
    for (const active_hook& one : e.hooks->hooks) {
        if (!is_left_out(*one.hook, e)) call(one, e);
        if (!e.hooks->guards.empty()) note(one, e);
        if (times) before = told_if_slow(*one.hook, before);
        if (e.ended) return;
    }
}

/// Lets no guard be passed by: those that have not been asked, since a hook has ended the emission, are asked, and those that have
/// let another text pass than there is at last are asked again. What one of them replaces is for the others to see.
HAFT_LARGE void hook_chain::ask_guards(emission& e) {
    const std::vector<active_hook>& guards = e.hooks->guards;
    if (guards.empty() || e.vetoed) return;
    facts_.show_final(e);
    if (std::exchange(e.other_text, false)) e.outdated = e.asked;
    std::size_t unasked = guards.size() - e.asked + e.outdated;
    const bool times = unasked > 0 && around_->slow().count() != 0;
    auto before = times ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point{};
    bool ended = e.ended;
    for (std::size_t next = e.asked, calls = 0; unasked > 0 && !e.vetoed; ++next, --unasked) {
        if (calls++ == guards.size() * most_rounds_of_guards) {
            facts_.refuse(e, "hooks that guard this don't agree: each replaces the text of another");
            break;
        }
        const active_hook& one = guards[next % guards.size()];
        e.ended = false;
        if (!is_left_out(*one.hook, e)) call(one, e);
        ended = ended || e.ended;
        if (times) before = told_if_slow(*one.hook, before);
        if (std::exchange(e.other_text, false)) unasked = guards.size();
    }
    e.ended = ended;
    e.asked = guards.size();
    e.outdated = 0;
}

/// Which guards have let pass what: of an emission under way, after each hook.
HAFT_LARGE void hook_chain::note(const active_hook& called, emission& e) noexcept {
    const bool guards = called.hook->options.guard;
    if (guards) ++e.asked;
    if (std::exchange(e.other_text, false)) e.outdated = e.asked - guards;  // its own text it need not be shown
}

HAFT_LARGE std::chrono::steady_clock::time_point hook_chain::told_if_slow(
    const hook_entry& hook, std::chrono::steady_clock::time_point since) noexcept {
    const auto now = std::chrono::steady_clock::now();
    if (now - since >= around_->slow()) {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(now - since).count();
        tell(hook, errc::hook_slow, concat({"it took ", decimal(static_cast<std::uint64_t>(took)), " ms"}));
    }
    return now;
}

HAFT_LARGE void hook_chain::failed(hook_entry& hook, emission& e) {
    const std::string what = caught_text();
    const errc code = [] {
        try {
            throw;
        } catch (const unfit_reply&) { return errc::bad_hook_reply; } catch (...) {
            return errc::hook_failed;
        }
    }();
    around_->tell(hook.problem(code, what, std::current_exception()));
    if (hook.options.guard && facts_.refuse)
        facts_.refuse(e, concat({"hook ", in_quotes(hook.options.name), ", which guards this, failed: ", what}));
}

HAFT_COLD HAFT_LARGE void hook_chain::refuse_depth(emission& e) {
    const std::string what = concat({"hooks that call each other are nested more than ", decimal(most_nested_emissions),
                                     " deep; these were not called"});
    around_->tell({errc::hooks_nested, std::string(facts_.name), {}, {}, what});
    if (facts_.refuse) facts_.refuse(e, what);
}

HAFT_LARGE hook_event hook_chain::event_of(const emission& e) const {
    hook_event out{facts_.name};
    for (const auto* which : {&e.hooks->wrappers, &e.hooks->hooks})
        for (const active_hook& one : *which) out.hooks.push_back(one.hook->options.name);
    out.data = facts_.data_text(e);
    out.depth = emission_frame::depth_now();
    return out;
}

HAFT_LARGE void hook_chain::notify(const hook_monitors& watching, const hook_event& event, bool afterwards) noexcept {
    for (const auto& one : watching) {
        try {
            const auto& f = afterwards ? one->after : one->before;
            if (f) f(event);
        } catch (...) {
            around_->tell({errc::hook_failed,
                           std::string(event.point),
                           {},
                           {},
                           concat({"who watches it failed: ", caught_text()}),
                           std::current_exception()});
        }
    }
}

HAFT_LARGE void hook_chain::tell(const hook_entry& hook, errc code, std::string what) noexcept {
    around_->tell(hook.problem(code, std::move(what)));
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_HOOK_CHAIN_CALLS_HPP
