// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_FRAME_HPP
#define HAFT_RUN_FRAME_HPP

/// What a thread is just doing for runners: how a call knows that a tool asks for it, and how deep. [faults 73, 147]

#include <cstddef>
#include <utility>

namespace haft::inline v0::detail {

/// On the stack of whoever runs calls, or a tool, for a runner.
class run_frame {
public:
    run_frame(const void* runner, unsigned depth, bool executes) noexcept
        : runner_(runner), depth_(depth), executes_(executes), outer_(std::exchange(innermost(), this)) {}
    run_frame(const run_frame&) = delete;
    run_frame& operator=(const run_frame&) = delete;
    ~run_frame() { innermost() = outer_; }

    /// How deep a call is that is asked for now on this thread, counted from 1.
    static unsigned next_depth() noexcept { return innermost() ? innermost()->depth_ + 1 : 1; }
    static bool within_a_call() noexcept { return innermost() != nullptr; }
    /// How many tools of that runner wait on this thread for what happens now.
    static std::size_t executing(const void* runner) noexcept {
        std::size_t n = 0;
        for (const run_frame* f = innermost(); f; f = f->outer_) n += f->executes_ && f->runner_ == runner;
        return n;
    }

private:
    static run_frame*& innermost() noexcept {
        static thread_local run_frame* of_this_thread = nullptr;
        return of_this_thread;
    }

    const void* runner_;
    unsigned depth_;
    bool executes_;
    run_frame* outer_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_FRAME_HPP
