// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_ASYNC_TOOL_HPP
#define HAFT_RUN_ASYNC_TOOL_HPP

/// Coroutines as tools: with this header a function may return boost::asio::awaitable<T>, and its tool gives T. [EX-06]

#include <haft/tool/call_context.hpp>
#include <haft/tool/returned.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace haft::inline v0::detail {

/// A coroutine runs on the thread of its call, on an io_context of its own, which `co_await boost::asio::this_coro::executor` gives; so
/// its parameters live until it has ended, and those of one batch run side by side where the runner has an executor. When the call is
/// asked to stop the coroutine is cancelled (terminal), and whatever it awaits with it.
template <class T, class Executor>
struct awaited<boost::asio::awaitable<T, Executor>> {
    static constexpr bool waits = true;
    using type = T;

    static T get(boost::asio::awaitable<T, Executor>&& coroutine, call_context& context) {
        boost::asio::io_context io(1);
        boost::asio::cancellation_signal cancel;
        std::exception_ptr thrown;
        std::optional<std::conditional_t<std::is_void_v<T>, std::monostate, T>> out;
        boost::asio::co_spawn(
            io, keep(std::move(coroutine), out),
            boost::asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr e) { thrown = std::move(e); }));
        run(io, cancel, context);
        if (thrown) std::rethrow_exception(thrown);
        if constexpr (!std::is_void_v<T>) return std::move(*out);
    }

private:
    /// (co_spawn itself wants a T that can be made of nothing.)
    template <class Out>
    static boost::asio::awaitable<void, Executor> keep(boost::asio::awaitable<T, Executor> coroutine, Out& out) {
        if constexpr (std::is_void_v<T>) co_await std::move(coroutine);
        else out.emplace(co_await std::move(coroutine));
    }
    static void run(boost::asio::io_context& io, boost::asio::cancellation_signal& cancel,
                    const call_context& context) {
        if (!context.stop_token().stop_possible()) {
            io.run();
            return;
        }
        bool asked = false;
        while (!io.stopped()) {
            io.run_one_for(std::chrono::milliseconds(5));
            if (asked || !context.stop_requested()) continue;
            asked = true;
            cancel.emit(boost::asio::cancellation_type::terminal);
        }
    }
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_ASYNC_TOOL_HPP
