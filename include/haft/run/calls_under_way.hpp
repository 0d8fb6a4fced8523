// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_CALLS_UNDER_WAY_HPP
#define HAFT_RUN_CALLS_UNDER_WAY_HPP

/// Which calls a runner has under way: to cancel them, and to wait until the last tool has come to its end.

#include <haft/run/passage.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// Any thread.
class calls_under_way {
public:
    /// False while the runner is stopped.
    bool add(const std::shared_ptr<passage>& p) {
        const std::lock_guard guard(mutex_);
        if (open_) all_.push_back(p);
        return open_;
    }
    /// Changes what others may look at of a call that is under way: its id, its turns, its meeting.
    template <class F>
    void change(F f) {
        const std::lock_guard guard(mutex_);
        f();
    }
    /// It has been answered; where its tool still runs it stays known.
    void answered(passage& p) {
        const std::lock_guard guard(mutex_);
        p.answered = true;
        if (!p.executing) remove(p);
    }
    void begins(passage& p) {
        const std::lock_guard guard(mutex_);
        p.executing = true;
        ++executing_;
    }
    /// The last thing that a worker does with a runner.
    void ends(passage& p) {
        const std::lock_guard guard(mutex_);
        p.executing = false;
        --executing_;
        if (p.answered) remove(p);
        idle_.notify_all();
    }

    bool is_open() const {
        const std::lock_guard guard(mutex_);
        return open_;
    }
    void open() {
        const std::lock_guard guard(mutex_);
        open_ = true;
    }
    /// No further ones; those that are there are asked to stop.
    void close() {
        std::unique_lock lock(mutex_);
        open_ = false;
        ask_to_stop(lock, [](const passage&) { return true; });
    }
    /// False if no call of that id is under way.
    bool cancel(std::string_view id) {
        std::unique_lock lock(mutex_);
        return ask_to_stop(lock, [&](const passage& p) { return p.now.call.id == id; });
    }
    void cancel_all() {
        std::unique_lock lock(mutex_);
        ask_to_stop(lock, [](const passage&) { return true; });
    }

    /// Waits until but `own` tools run, those that wait on this very thread; the names of those that still run at the deadline, none
    /// if all have ended.
    std::vector<std::string> wait(std::size_t own, run_clock::time_point deadline) {
        std::unique_lock lock(mutex_);
        std::vector<std::string> running;
        if (idle_.wait_until(lock, deadline, [&] { return executing_ <= own; })) return running;
        for (const auto& p : all_)
            if (p->executing) running.emplace_back(p->now.tool->name);
        std::sort(running.begin(), running.end());
        return running;
    }
    void wait() {
        std::unique_lock lock(mutex_);
        idle_.wait(lock, [&] { return executing_ == 0; });
    }

private:
    void remove(const passage& p) {
        std::erase_if(all_, [&](const auto& one) { return one.get() == &p; });
    }
    template <class Which>
    bool ask_to_stop(std::unique_lock<std::mutex>& lock, Which which) {
        struct waiting {
            std::shared_ptr<passage> call;
            std::shared_ptr<turnstile> turns;
            std::shared_ptr<batch_meeting> meeting;
        };
        std::vector<waiting> found;
        for (const auto& p : all_)
            if (which(*p)) found.push_back({p, p->turns, p->meeting});
        lock.unlock();  // who waits holds other locks
        for (const waiting& w : found) {
            w.call->stop.ask();
            if (w.turns) w.turns->wake();
            if (!w.meeting) continue;
            const std::lock_guard guard(w.meeting->mutex);
            w.meeting->changed.notify_all();
        }
        return !found.empty();
    }

    mutable std::mutex mutex_;
    std::condition_variable idle_;
    std::vector<std::shared_ptr<passage>> all_;
    std::size_t executing_ = 0;
    bool open_ = true;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_CALLS_UNDER_WAY_HPP
