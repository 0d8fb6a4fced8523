// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_EXECUTOR_HPP
#define HAFT_RUN_EXECUTOR_HPP

/// Where calls of one batch run side by side. <haft/run/thread_pool.hpp> is one, on Boost.Asio; a host may have its own.

#include <functional>

namespace haft::inline v0 {

/// Runs jobs on other threads.
class executor {
public:
    virtual ~executor() = default;
    /// Runs the job once, on another thread, soon or when there is room; or lets go of it, and then what it was for is told so.
    /// From any thread. Jobs do not throw.
    virtual void post(std::function<void()> job) = 0;

protected:
    executor() = default;
    executor(const executor&) = default;
    executor& operator=(const executor&) = default;
};

}  // namespace haft::inline v0

#endif  // HAFT_RUN_EXECUTOR_HPP
