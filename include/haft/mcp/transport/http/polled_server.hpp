// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_POLLED_SERVER_HPP
#define HAFT_MCP_TRANSPORT_HTTP_POLLED_SERVER_HPP

/// A server value on the thread that serves, which jobs on other threads wake.

#include <haft/mcp/server.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <memory>
#include <utility>

namespace haft::inline v0::mcp::http {

/// Use from the thread that runs `io`. Its jobs may outlive it.
class polled_server {
public:
    /// `io` is shared, since a job may end when all else is gone.
    static std::shared_ptr<polled_server> make(std::unique_ptr<server> of, std::shared_ptr<boost::asio::io_context> io) {
        auto out = std::make_shared<polled_server>(std::move(of));
        // A job's thread never holds the server, or it might be the one to destroy it.
        out->server_->on_ready([weak = std::weak_ptr<polled_server>(out), woken = std::make_shared<std::atomic<bool>>(false), io = std::move(io)] {
            if (woken->exchange(true)) return;
            boost::asio::post(*io, [weak, woken] {
                *woken = false;
                if (const auto alive = weak.lock()) alive->server_->poll();
            });
        });
        return out;
    }
    explicit polled_server(std::unique_ptr<server> of) : server_(std::move(of)) {}

    server& operator*() const noexcept { return *server_; }
    server* operator->() const noexcept { return server_.get(); }

private:
    std::unique_ptr<server> server_;
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_POLLED_SERVER_HPP
