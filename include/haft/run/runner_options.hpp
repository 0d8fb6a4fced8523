// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_RUNNER_OPTIONS_HPP
#define HAFT_RUN_RUNNER_OPTIONS_HPP

/// How a runner runs calls.

#include <haft/core/error.hpp>
#include <haft/run/executor.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/tool.hpp>

#include <chrono>
#include <functional>

namespace haft::inline v0 {

/// What to do about a tool that leaves the process otherwise than it found it. [fault 77]
enum class environment_check : unsigned char {
    off,
    report,   ///< tell it
    restore,  ///< tell it, and put things back
};

struct runner_options {
    /// For each call; `call_id` is the call's own. What it points to must outlive the runner, since a tool may run on behind its
    /// time-out: the listener hears nothing of it then, but `user` and `asked` may be used.
    call_options call = {};
    /// Where the calls of a batch run, side by side. Null: one after the other, on the thread of run_all. A single call without a
    /// time-out runs there in any case, and so do those that a tool asks for. Must outlive the runner. [EX-06]
    executor* on = nullptr;
    /// How long a tool may take; 0: as long as it likes. With an executor the call is answered then, whatever the tool does. Without
    /// one it is only asked to stop. [EX-13, fault 66]
    std::chrono::milliseconds time_out{0};
    /// For single tools; empty, or where it gives 0: `time_out`.
    std::function<std::chrono::milliseconds(const tool&)> time_out_of = {};
    /// After so many time-outs with no answer in between a tool is not called any more; 0: never. See call_runner::enable.
    unsigned time_outs_until_disabled = 3;
    /// How deep calls may be that tools ask for. [faults 73, 147]
    unsigned max_depth = 16;
    /// Tools that run alone: when all calls before theirs have ended, and before any after it begins. Tools with the tag
    /// `sequential` are such in any case. [EX-06]
    std::function<bool(const tool&)> sequential = {};
    environment_check check_environment = environment_check::off;
    /// Is told what goes wrong without being anybody's answer. On any thread, one at a time.
    std::function<void(const error&)> tell = {};
};

}  // namespace haft::inline v0

#endif  // HAFT_RUN_RUNNER_OPTIONS_HPP
