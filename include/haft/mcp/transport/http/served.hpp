// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_SERVED_HPP
#define HAFT_MCP_TRANSPORT_HTTP_SERVED_HPP

/// A server value on the thread that serves, which jobs on other threads wake.

#include <haft/mcp/server.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <memory>
#include <utility>

namespace haft::inline v0::mcp::http {

class served {
public:
    /// `io` is shared, since a job may end when all else is gone.
    static std::shared_ptr<served> make(std::unique_ptr<server> of, std::shared_ptr<boost::asio::io_context> io) {
        auto out = std::make_shared<served>(std::move(of));
        out->server_->on_ready([weak = std::weak_ptr<served>(out), io = std::move(io)] {
            const auto self = weak.lock();
            if (!self || self->woken_.exchange(true)) return;
            boost::asio::post(*io, [weak] {
                const auto alive = weak.lock();
                if (!alive) return;
                alive->woken_ = false;
                if (alive->server_) alive->server_->poll();
            });
        });
        return out;
    }
    explicit served(std::unique_ptr<server> of) : server_(std::move(of)) {}

    server& operator*() const noexcept { return *server_; }
    server* operator->() const noexcept { return server_.get(); }

private:
    std::unique_ptr<server> server_;
    std::atomic<bool> woken_{false};
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_SERVED_HPP
