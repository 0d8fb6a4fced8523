// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_CALL_RUNNER_HPP
#define HAFT_RUN_CALL_RUNNER_HPP

/// Runs the calls that a model asks for: each gets exactly one answer, whatever comes of it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/turn.hpp>
#include <haft/run/batch_result.hpp>
#include <haft/run/callbacks.hpp>
#include <haft/run/frame.hpp>
#include <haft/run/passage.hpp>
#include <haft/run/pending.hpp>
#include <haft/run/run_batch.hpp>
#include <haft/run/runner_options.hpp>
#include <haft/run/runner_parts.hpp>
#include <haft/run/tools_now.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/tool_call.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Made over a toolset, a catalog or a registry (whose newest catalog each batch takes; it must outlive the runner). Calls may be
/// run from any thread, several at a time; what takes part in them (before, gates, …) is added before the first. Its end asks all
/// calls to stop and waits for the last tool, however long that takes; `stop` waits only so long, and names what does not end.
class call_runner {
public:
    explicit call_runner(tool_source tools, runner_options options = {})
        : parts_(std::move(tools), std::move(options)) {}
    call_runner(const call_runner&) = delete;
    call_runner& operator=(const call_runner&) = delete;
    ~call_runner() {
        parts_.under_way.close();
        parts_.under_way.wait();
    }

    // --- who takes part (see callbacks.hpp)

    template <class F>
    call_runner& before(F f) {
        parts_.before.push_back(detail::checked_before(std::move(f)));
        return *this;
    }
    template <class F>
    call_runner& after(F f) {
        parts_.after.push_back(detail::checked_after(std::move(f)));
        return *this;
    }
    call_runner& change(change_outcome f) {
        parts_.changes.push_back(std::move(f));
        return *this;
    }
    call_runner& add_gate(gate g) {
        const auto behind = std::upper_bound(parts_.gates.begin(), parts_.gates.end(), g.stage,
                                             [](gate_stage s, const gate& other) { return s < other.stage; });
        parts_.gates.insert(behind, std::move(g));
        return *this;
    }
    template <class F>
    call_runner& add_gate(std::string name, gate_stage stage, F decide) {
        return add_gate(gate{std::move(name), stage, detail::checked_before(std::move(decide))});
    }
    /// Another layer within those that are there.
    call_runner& use(middleware layer) {
        parts_.layers.push_back(std::move(layer));
        return *this;
    }

    // --- running

    /// Runs the calls of one message. With an executor they run side by side, but for sequential ones, and the answers stand in the
    /// order of the calls; without one they run one after the other on this thread. All end before anything is given or thrown.
    /// `stop` cancels them: those that have not begun are not made, those that run are asked to end and, with an executor, answered
    /// at once. Throws run_failed if a callback has thrown. [EX-02, EX-03, EX-06, EX-08, IO-07]
    batch_result run_all(std::vector<tool_call> calls, stop_token stop = {}) {
        return detail::run_batch(parts_, std::move(calls), stop);
    }

    /// Runs one call. One that is paused is answered with an error that says so: who has tools that pause takes run_all.
    tool_answer run(const tool_call& call, stop_token stop = {}) {
        batch_result all = run_all({call}, stop);
        if (!all.answers.empty()) return std::move(all.answers.front());
        paused_call& waits = all.paused.front();
        return answer_of(waits.call, failed_outcome(paused(std::move(waits.reason))));
    }

    /// Runs the calls of a talk that have no answer yet; see pending(). None if the talk has moved on. [EX-08]
    batch_result resume(const std::vector<message>& history, stop_token stop = {}) {
        return run_all(pending(history), stop);
    }

    // --- while calls run, from any thread

    /// Asks the calls of that id to end. False if none is under way. [fault 67]
    bool cancel(std::string_view call_id) { return parts_.under_way.cancel(call_id); }
    void cancel_all() { parts_.under_way.cancel_all(); }

    /// No further calls (they are answered with an error), and those that run are asked to end; waits for their tools, but not for
    /// those that wait for this very call, so that a tool may stop its own runner. An error (E0349) names the tools that still run
    /// after `at_most`. May be called again. [faults 66, 157]
    result<void> stop(std::chrono::milliseconds at_most = std::chrono::seconds(10)) {
        parts_.under_way.close();
        const std::vector<std::string> running =
            parts_.under_way.wait(detail::run_frame::executing(&parts_), detail::run_clock::now() + at_most);
        if (running.empty()) return {};
        error e{errc::still_running, "still running: "};
        for (const std::string& name : running)
            append_all(e.message, {&name == running.data() ? "tool " : ", tool ", in_quotes(name)});
        return e;
    }
    /// After `stop` takes calls again.
    void start() { parts_.under_way.open(); }
    bool is_stopped() const { return !parts_.under_way.is_open(); }

    /// Calls a tool again that was disabled after its time-outs. [fault 66]
    void enable(std::string_view tool_name) { parts_.time_outs.forget(tool_name); }
    /// How many results came too late for anybody to want them.
    std::size_t dropped_results() const noexcept { return parts_.dropped.load(); }

    /// What there is to call at this moment.
    std::shared_ptr<const tools_now> tools() const { return parts_.source.now(); }
    const runner_options& options() const noexcept { return parts_.options; }

private:
    detail::runner_parts parts_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RUN_CALL_RUNNER_HPP
