// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_HPP
#define HAFT_MCP_TRANSPORT_HTTP_HPP

/// MCP over HTTP (basic/transports, "Streamable HTTP"), POSIX, with Boost.Asio, Boost.Beast and OpenSSL: link haft::http.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/mcp/offer/live_offer.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/mcp/server.hpp>
#include <haft/mcp/server/options.hpp>
#include <haft/mcp/transport/http/allowed_hosts.hpp>
#include <haft/mcp/transport/http/endpoint.hpp>
#include <haft/mcp/transport/http/listener.hpp>
#include <haft/mcp/transport/http/options.hpp>
#include <haft/tool/toolset.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <signal.h>

namespace haft::inline v0::mcp {

/// Serves any number of clients at one address, each as if it were alone: those of 2025-11-25 and before by a session each, those of 2026-07-28 request by
/// request.
/// Listens on this machine alone unless told otherwise, and refuses what a web page could have sent (http/allowed_hosts.hpp).
/// `listen`, `stop_on` and `run` are called by one thread, in that order; of the others each says.
class http_server {
public:
    explicit http_server(toolset tools, http_options options = {}) : http_server(offer::of(std::move(tools)), std::move(options)) {}
    /// With prompts and resources.
    explicit http_server(offer what, http_options options = {})
        : http_server([what = std::move(what)](server_options how) { return std::make_unique<server>(what, std::move(how)); },
                      std::move(options)) {}
    /// What is published there is served from then on, and clients that may know are told that it has changed.
    explicit http_server(std::shared_ptr<live_offer> what, http_options options = {})
        : http_server([what = std::move(what)](server_options how) { return std::make_unique<server>(what, std::move(how)); },
                      std::move(options)) {}
    http_server(const http_server&) = delete;
    http_server& operator=(const http_server&) = delete;
    /// Waits for the tools that still run: threads are neither killed nor let go of.
    ~http_server() {
        endpoint_.end_all();
        if (pool_) pool_->join();
    }

    /// From then on clients may come; they are served when it runs. Once. Errors: E0490, E0491, E0492 (http/listener.hpp).
    result<void> listen() {
        if (result<void> fine = listener_.listen(); !fine) return fine;
        endpoint_.open(http::allowed_hosts(options_.address, listener_.port(), listener_.is_loopback(), listener_.has_tls(), options_.hosts,
                                     options_.origins));
        if (options_.on_listening) options_.on_listening(url());
        return {};
    }
    std::uint16_t port() const noexcept { return listener_.port(); }
    /// `http://127.0.0.1:8000/mcp`
    std::string url() const {
        const bool six = options_.address.find(':') != std::string::npos;
        return concat({listener_.has_tls() ? "https://" : "http://", six ? "[" : "", options_.address, six ? "]" : "", ":",
                       decimal(listener_.port()), options_.path});
    }

    /// Serves on this thread, from `listen` until `stop`, and then for as long as calls may end in.
    void run() {
        tick();
        const auto work = boost::asio::make_work_guard(*io_);
        for (;;) {
            try {
                return void(io_->run());
            } catch (...) {}  // what one client, tool or offer has thrown ends nothing for the others
        }
    }
    /// Serves on for `leave_time`, if there is one; then takes no further clients and requests, and `run` returns when calls have been
    /// answered, or their time is over. Said a second time, nothing is waited for. Any thread.
    void stop() {
        boost::asio::post(*io_, [this] { stop_here(); });
    }
    /// The same when one of these signals comes; for programs in which nobody else handles them.
    void stop_on(std::initializer_list<int> signals) {
        signals_.emplace(*io_);
        boost::system::error_code ignored;
        for (const int one : signals) signals_->add(one, ignored);
        wait_for_signal();
    }

    // How many there are. Any thread.
    std::size_t connections() const noexcept { return listener_.connections(); }
    std::size_t most_connections() const noexcept { return listener_.most_connections(); }  ///< as many as may be, since it listens
    std::size_t sessions() const noexcept { return endpoint_.sessions(); }

private:
    using clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds tick_time{100};
    static constexpr std::chrono::milliseconds last_words{500};
    static constexpr std::chrono::milliseconds last_requests{500};  // from who was taken in just before nobody was any more

    using server_maker = std::function<std::unique_ptr<server>(server_options)>;

    http_server(server_maker make, http_options options)
        : options_(std::move(options)), make_(std::move(make)), endpoint_([this](eras which) { return make_server(which); }, options_, io_),
          listener_(*io_, endpoint_, options_), ticks_(*io_) {}

    std::unique_ptr<server> make_server(eras which) {
        server_options how = options_.server;
        how.eras = which;
        if (!how.executor && options_.threads > 0) {
            if (!pool_) pool_.emplace(options_.threads);
            how.executor = [this](std::function<void()> job) { boost::asio::post(*pool_, std::move(job)); };
        }
        return make_(std::move(how));
    }

    void tick() {
        ticks_.expires_after(tick_time);
        ticks_.async_wait([this](boost::system::error_code ec) {
            if (ec) return;
            tick();  // first: an exception must not end it
            const clock::time_point now = clock::now();
            if (ends_ && now >= leave_) go_on_ending(now);
            listener_.tick(now);
            endpoint_.tick(now);
        });
    }
    void stop_here() {
        if (std::exchange(ends_, true)) return io_->stop();
        const clock::time_point now = clock::now();
        if (options_.leave_time.count() <= 0) return take_no_more(now);
        leave_ = now + options_.leave_time;
        endpoint_.leave();
        listener_.leave();
    }
    void go_on_ending(clock::time_point now) {
        if (takes_no_more_) return look_for_end(now);
        if (std::exchange(closes_, true)) return take_no_more(now);
        leave_ = now + last_requests;
        listener_.close();
    }
    void take_no_more(clock::time_point now) {
        takes_no_more_ = true;
        end_ = now + options_.server.drain_time;
        endpoint_.stop();
        listener_.stop();
        look_for_end(now);
    }
    void look_for_end(clock::time_point now) {
        if (!is_ended_ && (endpoint_.calls() == 0 || now >= end_)) {
            is_ended_ = true;
            end_ = now + last_words;
            endpoint_.end_all();
        }
        if (is_ended_ && (listener_.connections() == 0 || now >= end_)) io_->stop();
    }
    void wait_for_signal() {
        signals_->async_wait([this](boost::system::error_code ec, int) {
            if (ec) return;
            stop_here();
            wait_for_signal();
        });
    }

    http_options options_;
    server_maker make_;
    std::shared_ptr<boost::asio::io_context> io_ = std::make_shared<boost::asio::io_context>(1);
    std::optional<boost::asio::thread_pool> pool_;
    http::endpoint endpoint_;
    http::listener listener_;
    boost::asio::steady_timer ticks_;
    std::optional<boost::asio::signal_set> signals_;
    clock::time_point leave_{}, end_{};
    bool ends_ = false, closes_ = false, takes_no_more_ = false, is_ended_ = false;
};

/// Serves a toolset, an offer or a live_offer until SIGTERM or SIGINT comes, and then as long as calls may end in
/// (`http_options::server.drain_time`). `http_options::on_listening` is told where. Errors: those of http_server::listen.
template <class Offered>
    requires std::constructible_from<http_server, Offered, http_options>
result<void> serve_http(Offered what, http_options options = {}) {
    http_server serving(std::move(what), std::move(options));
    if (result<void> fine = serving.listen(); !fine) return fine;
    serving.stop_on({SIGTERM, SIGINT});
    serving.run();
    return {};
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_TRANSPORT_HTTP_HPP
