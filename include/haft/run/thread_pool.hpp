// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_THREAD_POOL_HPP
#define HAFT_RUN_THREAD_POOL_HPP

/// An executor on boost::asio::thread_pool. The one header of run/ that brings Asio, beside async_tool.hpp.

#include <haft/run/executor.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cstddef>
#include <functional>
#include <utility>

namespace haft::inline v0 {

/// Some threads that run calls. Must outlive the runners that use it. Its end waits for every job, however long that takes: threads
/// are neither killed nor let go of. (call_runner::stop tells which tool it is that does not end.) [EX-06]
class thread_pool final : public executor {
public:
    explicit thread_pool(std::size_t threads = 8) : threads_(threads), pool_(threads) {}
    thread_pool(const thread_pool&) = delete;
    thread_pool& operator=(const thread_pool&) = delete;
    ~thread_pool() override { pool_.join(); }

    void post(std::function<void()> job) override { boost::asio::post(pool_, std::move(job)); }
    std::size_t threads() const noexcept { return threads_; }
    /// For who has other work for the same threads.
    boost::asio::thread_pool::executor_type get_executor() noexcept { return pool_.get_executor(); }

private:
    std::size_t threads_;
    boost::asio::thread_pool pool_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RUN_THREAD_POOL_HPP
