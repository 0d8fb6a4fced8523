// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_CALLBACKS_HPP
#define HAFT_RUN_CALLBACKS_HPP

/// How others take part in a call: before it, at a gate, around it, after it.

#include <haft/run/call_verdict.hpp>
#include <haft/run/outcome.hpp>
#include <haft/run/running_call.hpp>

#include <concepts>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// Called for every call, of unknown tools as well, on the thread of call_runner::run_all, in the order in which they were added.
/// The first that does not proceed decides; arguments that it puts in place are those that the next one sees. May throw
/// call_cancelled or call_paused; what else it throws is a bug, see run_failed. [EX-02]
using before_call = std::function<call_verdict(const running_call&)>;

/// Called once after each call that was executed, however it ended: with a result, an error, an exception, by time-out or cancelled;
/// not for one that is paused, was refused before or has no tool. On the thread of run_all, in the order of the calls. What it
/// throws is a bug, see run_failed. [EX-03]
using after_call = std::function<void(const running_call&, const call_outcome&)>;

/// Called once for each call of which after-calls are told, before them: it may change the outcome. A result that somebody has changed
/// is held against the tool's output schema. [fault 150]
using change_outcome = std::function<void(const running_call&, call_outcome&)>;

/// Where a gate stands among the others; those of one stage in the order in which they were added.
enum class gate_stage : unsigned char {
    check,     ///< are these arguments sensible? Before anybody is asked [NX-08]
    limit,     ///< is this call one too many? Loops, budgets, what has to come first
    policy,    ///< is it allowed, without asking? [EX-12]
    approval,  ///< does somebody agree? [EX-11]
};

/// Decides whether a call is made. It sees a tool that exists and arguments that it takes. Called on the thread of run_all, one call
/// after the other, so that a person is asked one thing at a time. Arguments that a gate puts in place are looked at by the tool
/// and by every other gate again. May throw call_cancelled or call_paused; what else it throws refuses the call: a gate that
/// fails stays shut.
struct gate {
    std::string name;  ///< for messages
    gate_stage stage = gate_stage::policy;
    std::function<call_verdict(const running_call&)> decide;
};

/// Goes on with the call: the next layer, in the end the tool. Called not at all, once, or several times, on one thread.
using next_call = std::function<call_outcome()>;

/// A layer around calls. The first that was added is the outermost: it sees the call first and its outcome last. It runs on the
/// thread of the tool, for several calls at a time where there is an executor. What it throws is the call's error. [NX-09]
using middleware = std::function<call_outcome(const running_call&, const next_call& next)>;

namespace detail {

/// The speaking part: whether something can be called before a call. An awaitable or a future that nobody waits for would let every
/// call pass.
template <class F>
before_call checked_before(F f) {
    constexpr bool fits = std::is_invocable_v<F&, const running_call&>;
    static_assert(fits, "haft: this can't be called before a call; it takes a const haft::running_call& [haft-E0160]");
    if constexpr (fits) {
        using given = std::invoke_result_t<F&, const running_call&>;
        constexpr bool is_verdict = std::is_void_v<given> || std::is_convertible_v<given, call_verdict>;
        static_assert(
            is_verdict,
            "haft: what is called before a call gives a haft::call_verdict or nothing; a coroutine or a future "
            "would not be waited for [haft-E0160]");
        if constexpr (std::is_void_v<given>)
            return [f = std::move(f)](const running_call& call) mutable -> call_verdict {
                return f(call), call_verdict();
            };
        else if constexpr (is_verdict) return before_call(std::move(f));
        else return {};
    } else {
        return {};
    }
}
template <class F>
after_call checked_after(F f) {
    constexpr bool fits = std::is_invocable_v<F&, const running_call&, const call_outcome&>;
    static_assert(fits,
                  "haft: this can't be called after a call; it takes a const haft::running_call& and a const "
                  "haft::call_outcome& [haft-E0160]");
    if constexpr (fits) {
        constexpr bool gives_nothing =
            std::is_void_v<std::invoke_result_t<F&, const running_call&, const call_outcome&>>;
        static_assert(
            gives_nothing,
            "haft: what is called after a call gives nothing; a coroutine or a future would not be waited for "
            "[haft-E0160]");
        if constexpr (gives_nothing) return after_call(std::move(f));
        else return {};
    } else {
        return {};
    }
}

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_RUN_CALLBACKS_HPP
