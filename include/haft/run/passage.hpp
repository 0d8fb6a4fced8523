// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_PASSAGE_HPP
#define HAFT_RUN_PASSAGE_HPP

/// One call on its way through a runner's stations, and what it shares with the worker that runs its tool.

#include <haft/core/error.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/run/outcome.hpp>
#include <haft/run/running_call.hpp>
#include <haft/run/tool_turns.hpp>
#include <haft/run/tools_now.hpp>
#include <haft/tool/call_listener.hpp>
#include <haft/tool/call_options.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

using run_clock = std::chrono::steady_clock;

/// By what a tool is asked to stop: somebody cancelled the call, or its time is over, or (only on the caller's own thread, since it
/// may be gone later) the caller's token says so. It looks at the clock when it is asked, so that no thread has to wait for that.
class call_stop {
public:
    void ask() noexcept { asked_.store(true, std::memory_order_release); }
    bool asked() const noexcept { return asked_.load(std::memory_order_acquire) || runners_.stop_requested(); }
    void set_deadline(run_clock::time_point when) noexcept {
        deadline_.store(when.time_since_epoch().count(), std::memory_order_release);
    }
    bool is_late() const noexcept {
        const run_clock::rep when = deadline_.load(std::memory_order_acquire);
        return when != 0 && run_clock::now().time_since_epoch().count() >= when;
    }
    void follow(stop_token callers) noexcept { callers_ = callers; }
    /// One that outlives the call, whoever runs it.
    void follow_always(stop_token runners) noexcept { runners_ = runners; }
    bool stop_requested() const noexcept { return asked() || callers_.stop_requested() || is_late(); }

private:
    std::atomic<bool> asked_{false};
    std::atomic<run_clock::rep> deadline_{0};
    stop_token callers_;
    stop_token runners_;
};

/// Hands on what a tool tells, as long as somebody wants to hear it. [fault 79]
class relayed_listener final : public call_listener {
public:
    void hand_on_to(call_listener* to) noexcept { to_ = to; }
    void on_progress(const progress& step) override {
        const std::lock_guard guard(mutex_);
        if (to_) to_->on_progress(step);
    }
    void on_log(log_level level, std::string_view text) override {
        const std::lock_guard guard(mutex_);
        if (to_) to_->on_log(level, text);
    }
    /// Waits for what is being told just now.
    void silence() {
        const std::lock_guard guard(mutex_);
        to_ = nullptr;
    }

private:
    std::mutex mutex_;
    call_listener* to_ = nullptr;
};

/// What the thread of run_all and the workers of a batch have in common.
struct batch_meeting {
    std::mutex mutex;
    std::condition_variable changed;
    run_clock::time_point last_event = run_clock::now();  ///< when last a tool began or ended
};

struct passage {
    running_call now;
    call_options options;  // given to the tool
    std::shared_ptr<const tools_now> found_in;
    std::shared_ptr<turnstile> turns;  // null: the tool is thread-safe
    std::chrono::milliseconds time_out{0};
    call_stop stop;
    relayed_listener heard;
    std::vector<note> notes;
    std::vector<message> messages;
    std::shared_ptr<batch_meeting> meeting;  // null: on the caller's thread

    bool decided = false;                 // the outcome stands, it is not executed
    bool executed = false;                // it came to the middleware
    bool ran = false;                     // the tool ran, and has not paused itself
    bool alone = false;                   // nothing else runs meanwhile
    std::optional<std::string> own_text;  // what the tool itself gave, where others may change it
    std::exception_ptr bug;
    // Guarded by calls_under_way.
    bool executing = false;
    bool answered = false;

    // Guarded by the meeting's mutex, where there is one.
    enum class stage : unsigned char {
        waiting,  // for a thread, or for its turn
        running,
        ended,
        left,  // answered without its tool's result, which is dropped when it comes
    } at = stage::waiting;
    bool begun = false;  // a worker has it
    run_clock::time_point since;
    call_outcome outcome;

    bool decide(call_outcome stands) {
        outcome = std::move(stands);
        decided = true;
        return false;
    }
    bool refuse(error why) { return decide(failed_outcome(std::move(why))); }
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_PASSAGE_HPP
