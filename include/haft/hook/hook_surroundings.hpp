// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_SURROUNDINGS_HPP
#define HAFT_HOOK_HOOK_SURROUNDINGS_HPP

/// What the chains of one set share: the errors of hooks, who watches emissions, what counts as slow, who is blocked, and the
/// thread of asynchronous hooks. [HK-07, HK-15]

#include <haft/core/config.hpp>
#include <haft/core/mended.hpp>
#include <haft/hook/async_hooks.hpp>
#include <haft/hook/hook_monitor.hpp>
#include <haft/hook/hook_options.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

class hook_surroundings {
public:
    /// Of more errors the oldest are forgotten.
    static constexpr std::size_t most_errors = 256;

    using log_function = std::function<void(std::string_view line)>;

    /// Keeps an error, and tells the log. What the log throws is nobody's business here.
    HAFT_COLD void tell(hook_error e) noexcept {
        try {
            const std::string line = e.text();
            {
                const std::lock_guard guard(mutex_);
                if (errors_.size() == most_errors) errors_.pop_front();
                errors_.push_back(std::move(e));
            }
            log(line);
        } catch (...) {}  // there is no memory to say so
    }
    HAFT_COLD void log(std::string_view line) noexcept {
        try {
            std::shared_ptr<const log_function> to;
            {
                const std::lock_guard guard(mutex_);
                to = log_;
            }
            if (to && *to) (*to)(line);
        } catch (...) {}
    }
    HAFT_COLD void log_to(log_function f) {
        auto next = std::make_shared<const log_function>(std::move(f));
        const std::lock_guard guard(mutex_);
        log_.swap(next);
    }
    HAFT_COLD std::vector<hook_error> errors() const {
        const std::lock_guard guard(mutex_);
        return {errors_.begin(), errors_.end()};
    }
    HAFT_COLD void clear_errors() {
        const std::lock_guard guard(mutex_);
        errors_.clear();
    }

    std::chrono::nanoseconds slow() const noexcept {
        return std::chrono::nanoseconds(slow_.load(std::memory_order_relaxed));
    }
    void set_slow(std::chrono::nanoseconds from) noexcept { slow_.store(from.count(), std::memory_order_relaxed); }

    std::shared_ptr<const hook_monitors> monitors() const {
        const std::lock_guard guard(mutex_);
        return monitors_;
    }
    HAFT_COLD void add_monitor(const std::shared_ptr<const hook_monitor>& one) {
        const std::lock_guard guard(mutex_);
        auto next = std::make_shared<hook_monitors>(*monitors_);
        next->push_back(one);
        monitors_ = std::move(next);
    }
    HAFT_COLD void remove_monitor(const hook_monitor* one) {
        const std::lock_guard guard(mutex_);
        auto next = std::make_shared<hook_monitors>(*monitors_);
        std::erase_if(*next, [&](const auto& known) { return known.get() == one; });
        monitors_ = std::move(next);
    }

    /// Whether hooks of that name, or of that owner, are not to be added.
    HAFT_COLD bool is_blocked(std::string_view name) const {
        const std::lock_guard guard(mutex_);
        return std::find(blocked_.begin(), blocked_.end(), name) != blocked_.end();
    }
    HAFT_COLD void block(std::string_view name) {
        const std::lock_guard guard(mutex_);
        blocked_.emplace_back(name);
    }
    HAFT_COLD bool unblock(std::string_view name) {
        const std::lock_guard guard(mutex_);
        return std::erase(blocked_, name) != 0;
    }

    async_hooks& async() noexcept { return async_; }

private:
    mutable std::mutex mutex_;
    std::deque<hook_error> errors_;
    std::shared_ptr<const log_function> log_;
    std::shared_ptr<const hook_monitors> monitors_ = std::make_shared<const hook_monitors>();
    std::vector<std::string> blocked_;
    std::atomic<std::chrono::nanoseconds::rep> slow_ = std::chrono::nanoseconds(std::chrono::seconds(5)).count();
    async_hooks async_{[this](hook_error e) { tell(std::move(e)); }, [this](std::string_view line) { log(line); }};
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_HOOK_SURROUNDINGS_HPP
