// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_ASYNC_HOOKS_HPP
#define HAFT_HOOK_ASYNC_HOOKS_HPP

/// The thread on which asynchronous hooks are called, one after the other. Nothing is ever detached. [HK-08]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_source.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/hook/emission_frame.hpp>
#include <haft/hook/hook_entry.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace haft::inline v0::detail {

class async_hooks {
public:
    /// Of more that wait the newest are dropped.
    static constexpr std::size_t most_waiting = 1024;

    using tell_function = std::function<void(hook_error)>;
    using log_function = std::function<void(std::string_view)>;

    async_hooks(tell_function tell, log_function log) : tell_(std::move(tell)), log_(std::move(log)) {}
    async_hooks(const async_hooks&) = delete;
    async_hooks& operator=(const async_hooks&) = delete;
    HAFT_COLD ~async_hooks() {
        {
            const std::lock_guard guard(mutex_);
            ended_ = true;
            waiting_.clear();
        }
        stop_.request_stop();
        changed_.notify_all();
        if (thread_.joinable()) thread_.join();
    }

    /// Lets a hook be called later. If there is no room, or no later, that is told.
    HAFT_COLD void start(const std::shared_ptr<hook_entry>& hook, const std::shared_ptr<copied_call>& with) {
        std::string dropped;
        {
            const std::lock_guard guard(mutex_);
            if (ended_) {
                dropped = "it was not called: the hooks have been shut down";
            } else if (waiting_.size() == most_waiting) {
                dropped = concat({"it was not called: ", decimal(most_waiting), " asynchronous hooks are waiting",
                                  running_ ? ", while hook " : "", running_ ? in_quotes(goes_on_.hook) : std::string(),
                                  running_ ? " goes on" : ""});
            } else {
                waiting_.push_back({hook, with});
                if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
            }
        }
        if (!dropped.empty()) return tell_(hook->problem(errc::hook_dropped, std::move(dropped)));
        changed_.notify_all();
    }

    /// Makes a hook be called no more: what waits is dropped, what runs is waited for, but not within a hook, or if nobody `waits`.
    HAFT_COLD void forget(const hook_entry* hook, bool waits = true) {
        std::deque<job> gone;  // let go with nothing locked
        std::unique_lock lock(mutex_);
        for (auto one = waiting_.begin(); one != waiting_.end();) {
            if (one->hook.get() != hook) {
                ++one;
                continue;
            }
            gone.push_back(std::move(*one));
            one = waiting_.erase(one);
        }
        if (waits && !emission_frame::within_hook()) changed_.wait(lock, [&] { return running_ != hook; });
    }

    /// Waits until all have been called that were started. Within a hook it returns at once: it could be one of them.
    HAFT_COLD void wait() {
        if (emission_frame::within_hook()) return;
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_.empty() && !running_; });
    }

    /// Starts no more, asks what runs to stop, and waits for as long as it may. An error (E0297) names the hook that goes on;
    /// what still waits then is dropped.
    HAFT_COLD result<void> shut_down(std::chrono::milliseconds deadline) {
        const auto until = std::chrono::steady_clock::now() + deadline;
        std::deque<job> gone;
        std::unique_lock lock(mutex_);
        ended_ = true;
        stop_.request_stop();
        changed_.notify_all();
        if (changed_.wait_until(lock, until, [&] { return waiting_.empty() && !running_; })) {
            lock.unlock();
            const std::lock_guard joining(joining_);
            if (thread_.joinable()) thread_.join();
            return {};
        }
        gone.swap(waiting_);
        hook_error e = goes_on_;
        lock.unlock();
        e.code = errc::hook_hangs;
        e.what = concat({"it has not ended within ", decimal(static_cast<std::uint64_t>(deadline.count())), " ms"});
        if (!gone.empty()) append_all(e.what, {"; ", decimal(gone.size()), " that waited for it were dropped"});
        for (const job& one : gone)
            tell_(one.hook->problem(errc::hook_dropped, "it was not called: the hooks have been shut down"));
        const std::string text = e.text();
        tell_(std::move(e));
        return error{errc::hook_hangs, text.substr(0, text.rfind(" ["))};
    }

    stop_token token() const noexcept { return stop_token(stop_); }

private:
    struct job {
        std::shared_ptr<hook_entry> hook;
        std::shared_ptr<copied_call> with;
    };

    HAFT_COLD void work() {
        const emission_frame frame;  // what a hook on this thread does may not wait for hooks either
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            job now = std::move(waiting_.front());
            waiting_.pop_front();
            running_ = now.hook.get();
            goes_on_ = now.hook->problem(errc::hook_hangs, {});
            lock.unlock();
            call(now);
            now = {};  // the hook may go with it, so nobody is told before that
            lock.lock();
            running_ = nullptr;
            changed_.notify_all();
        }
    }
    HAFT_COLD void call(job& now) noexcept {
        try {
            const std::string said = now.with->run(*now.hook);
            if (!said.empty())
                log_(concat(
                    {"asynchronous hook ", in_quotes(now.hook->options.name), " at ", now.hook->point, ": ", said}));
        } catch (...) { tell_(now.hook->problem(errc::hook_failed, caught_text(), std::current_exception())); }
    }

    const tell_function tell_;
    const log_function log_;
    std::mutex mutex_;
    std::mutex joining_;
    std::condition_variable changed_;
    std::deque<job> waiting_;
    const hook_entry* running_ = nullptr;  // only to be compared
    hook_error goes_on_;                   // how to name it
    bool ended_ = false;
    stop_source stop_;
    std::thread thread_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_ASYNC_HOOKS_HPP
