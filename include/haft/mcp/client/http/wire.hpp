// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_HTTP_WIRE_HPP
#define HAFT_MCP_CLIENT_HTTP_WIRE_HPP

/// One connection to an HTTP server, with or without TLS, for one exchange after the other. Coroutines of Asio; what goes wrong is
/// thrown as boost::system::system_error, and `step` says at what. (http/connection.hpp is the one that blocks its thread.)

#include <haft/core/config.hpp>
#include <haft/http/expect_host.hpp>
#include <haft/http/url.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace haft::inline v0::mcp::http {

/// One exchange at a time, on the thread of `io`.
class wire {
public:
    using request = boost::beast::http::request<boost::beast::http::string_body>;
    using parser = boost::beast::http::response_parser<boost::beast::http::buffer_body>;
    template <class T>
    using awaitable = boost::asio::awaitable<T>;

    /// `tls` must outlive it.
    wire(boost::asio::io_context& io, const http_url& to, boost::asio::ssl::context& tls) : io_(io), to_(to), stream_(io), chunk_(16384) {
        if (to.tls) tls_.emplace(stream_, tls);
    }
    wire(const wire&) = delete;
    wire& operator=(const wire&) = delete;

    /// Once. `within` does not bound the look-up of the name.
    awaitable<void> open(std::chrono::milliseconds within) {
        step_ = "looking up the name";
        boost::asio::ip::tcp::resolver resolver(io_);
        const auto found = co_await resolver.async_resolve(to_.host, to_.port, boost::asio::use_awaitable);
        step_ = "connecting";
        stream_.expires_after(within);
        co_await stream_.async_connect(found, boost::asio::use_awaitable);
        boost::system::error_code ignored;
        stream_.socket().set_option(boost::asio::ip::tcp::no_delay(true), ignored);
        stream_.socket().set_option(boost::asio::socket_base::keep_alive(true), ignored);
        if (tls_) {
            step_ = "the TLS handshake";
            haft::detail::expect_host(*tls_, to_.host);
            co_await tls_->async_handshake(boost::asio::ssl::stream_base::client, boost::asio::use_awaitable);
        }
        stream_.expires_never();
    }
    awaitable<void> send(const request& what) {
        step_ = "sending the request";
        if (tls_) co_await boost::beast::http::async_write(*tls_, what, boost::asio::use_awaitable);
        else co_await boost::beast::http::async_write(stream_, what, boost::asio::use_awaitable);
    }
    /// The head of a response.
    awaitable<void> read_head(parser& of) {
        step_ = "waiting for the answer";
        if (tls_) co_await boost::beast::http::async_read_header(*tls_, buffer_, of, boost::asio::use_awaitable);
        else co_await boost::beast::http::async_read_header(stream_, buffer_, of, boost::asio::use_awaitable);
    }
    /// The next bytes of its body, as soon as there are some; none at its end. Valid until the next call.
    awaitable<std::string_view> read_some(parser& of) {
        step_ = "reading the answer";
        while (!of.is_done()) {
            auto& body = of.get().body();
            body.data = chunk_.data();
            body.size = chunk_.size();
            boost::system::error_code ec;
            auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ec);  // not const, for Boost 1.81
            if (tls_) co_await boost::beast::http::async_read_some(*tls_, buffer_, of, token);
            else co_await boost::beast::http::async_read_some(stream_, buffer_, of, token);
            if (ec && ec != boost::beast::http::error::need_buffer) throw boost::system::system_error(ec);
            if (const std::size_t got = chunk_.size() - body.size) co_return std::string_view(chunk_.data(), got);
        }
        co_return std::string_view();
    }
    void close() {
        boost::system::error_code ignored;
        stream_.socket().close(ignored);
    }
    /// Whether it may be used for one more exchange: the server has neither closed it nor said anything.
    bool is_quiet() {
        if (!stream_.socket().is_open() || buffer_.size() > 0) return false;
        boost::system::error_code ec;
        char byte = 0;
        stream_.socket().non_blocking(true, ec);
        stream_.socket().receive(boost::asio::buffer(&byte, 1), boost::asio::socket_base::message_peek, ec);
        return ec == boost::asio::error::would_block;
    }
    std::string_view step() const noexcept { return step_; }
    /// Why a certificate was not trusted; null if that was not it.
    const char* distrust() {
        const long verdict = tls_ ? SSL_get_verify_result(tls_->native_handle()) : X509_V_OK;
        return verdict == X509_V_OK ? nullptr : X509_verify_cert_error_string(verdict);
    }

private:
    boost::asio::io_context& io_;
    const http_url& to_;
    boost::beast::tcp_stream stream_;
    std::optional<boost::asio::ssl::stream<boost::beast::tcp_stream&>> tls_;
    boost::beast::flat_buffer buffer_;
    std::vector<char> chunk_;
    std::string_view step_ = "connecting";
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_CLIENT_HTTP_WIRE_HPP
