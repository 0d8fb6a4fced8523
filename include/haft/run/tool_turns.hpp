// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_TOOL_TURNS_HPP
#define HAFT_RUN_TOOL_TURNS_HPP

/// Calls of one tool that is not hinted thread-safe take turns, whichever runners make them. [EX-06, fault 70]

#include <haft/core/turn.hpp>
#include <haft/tool/tool.hpp>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace haft::inline v0::detail {

/// A lock for one tool, which a thread may take again that has it, and for which waiting can be given up.
class turnstile {
public:
    /// False if it is to be left, be its turn come or not.
    template <class Leaves>
    bool enter(Leaves leaves) {
        std::unique_lock lock(mutex_);
        free_.wait(lock, [&] { return is_ours() || leaves(); });
        if (leaves()) return false;
        has_ = std::this_thread::get_id();
        ++times_;
        return true;
    }
    void lock() {
        enter([] { return false; });
    }
    void unlock() {
        const std::lock_guard guard(mutex_);
        if (--times_ == 0) free_.notify_all();
    }
    /// Makes who waits look again whether to leave.
    void wake() {
        const std::lock_guard guard(mutex_);
        free_.notify_all();
    }

private:
    bool is_ours() const noexcept { return times_ == 0 || has_ == std::this_thread::get_id(); }

    std::mutex mutex_;
    std::condition_variable free_;
    std::thread::id has_;
    std::size_t times_ = 0;
};

/// The turnstile of a tool: of what it runs, so that two names of one function share it. One for a whole module.
inline std::shared_ptr<turnstile> turnstile_of(const tool& t) {
    struct all_turnstiles {
        std::mutex mutex;
        std::map<std::pair<const void*, tool::function*>, std::weak_ptr<turnstile>> of;
        std::size_t sweep_at = 64;
    };
    static all_turnstiles all;
    const std::lock_guard guard(all.mutex);
    std::weak_ptr<turnstile>& known = all.of[{t.self, t.execute}];
    if (auto there = known.lock()) return there;
    auto fresh = std::make_shared<turnstile>();
    known = fresh;
    if (all.of.size() > all.sweep_at) {  // of tools that have gone
        std::erase_if(all.of, [](const auto& one) { return one.second.expired(); });
        all.sweep_at = 2 * all.of.size() + 64;
    }
    return fresh;
}

/// A turn at a tool, unless waiting for it was given up.
class tool_turn final : held_turn {
public:
    template <class Leaves>
    tool_turn(turnstile& at, Leaves leaves) : at_(at), has_(at.enter(leaves)) {}
    ~tool_turn() override {
        if (has_) at_.unlock();
    }
    bool has() const noexcept { return has_; }

private:
    void give_up() override {
        if (has_) at_.unlock();
    }
    void take_back() override {
        if (has_) at_.lock();
    }
    turnstile& at_;
    bool has_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_TOOL_TURNS_HPP
