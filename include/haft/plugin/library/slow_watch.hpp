// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_SLOW_WATCH_HPP
#define HAFT_PLUGIN_LIBRARY_SLOW_WATCH_HPP

/// Tells of a plugin that takes long to load while it still does: one that hangs would otherwise never be told of. [fault 87]

#include <haft/core/config.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace haft::inline v0::detail {

/// Calls `tell` once on a thread of its own, if it is still there after that time; 0: never. Its destructor waits for `tell`.
class slow_watch {
public:
    HAFT_COLD slow_watch(std::chrono::milliseconds after, std::function<void()> tell) {
        if (after.count() <= 0) return;
        thread_ = std::thread([this, after, tell = std::move(tell)] {
            std::unique_lock guard(mutex_);
            if (over_.wait_for(guard, after, [this] { return is_over_; })) return;
            guard.unlock();
            tell();
        });
    }
    slow_watch(const slow_watch&) = delete;
    slow_watch& operator=(const slow_watch&) = delete;
    HAFT_COLD ~slow_watch() {
        if (!thread_.joinable()) return;
        {
            const std::lock_guard guard(mutex_);
            is_over_ = true;
        }
        over_.notify_one();
        thread_.join();
    }

private:
    std::mutex mutex_;
    std::condition_variable over_;
    bool is_over_ = false;
    std::thread thread_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_SLOW_WATCH_HPP
