// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_CHANNEL_HPP
#define HAFT_MCP_TRANSPORT_HTTP_CHANNEL_HPP

/// The bytes of one client, with and without TLS.

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp::http {

/// Whom a channel tells what comes of what it was asked for.
class channel_user {
public:
    virtual void on_bytes(std::string_view bytes) = 0;  ///< valid within
    virtual void on_end() = 0;                          ///< nothing comes any more, or it broke
    virtual void on_written(std::size_t bytes, bool broken) = 0;

protected:
    ~channel_user() = default;
};

/// One read and one write may be under way. Whoever is told lives until then.
class channel {
public:
    using user = std::shared_ptr<channel_user>;
    virtual ~channel() = default;

    virtual void read(user to) = 0;
    /// As much as goes out at once; 0 if nothing does.
    virtual std::size_t write_now(std::string_view bytes) noexcept = 0;
    /// The bytes must stay where they are until it is told.
    virtual void write(std::string_view bytes, user to) = 0;
    virtual boost::asio::ip::tcp::socket& socket() noexcept = 0;

    /// Tells the client that nothing comes any more.
    void end_writing() noexcept {
        boost::system::error_code ignored;
        socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    }
    void close() noexcept {
        boost::system::error_code ignored;
        socket().close(ignored);
    }
};

/// Where all channels of a thread read into, so that none that waits holds any memory.
using reading_room = std::array<char, 64u << 10>;

class plain_channel final : public channel {
public:
    plain_channel(boost::asio::ip::tcp::socket socket, reading_room& room) : socket_(std::move(socket)), room_(room) {
        boost::system::error_code ignored;
        socket_.non_blocking(true, ignored);
    }

    void read(user to) override {
        socket_.async_wait(boost::asio::socket_base::wait_read, [this, to = std::move(to)](boost::system::error_code ec) {
            if (ec) return to->on_end();
            const std::size_t n = socket_.read_some(boost::asio::buffer(room_), ec);
            if (ec == boost::asio::error::would_block) return read(to);
            if (ec || n == 0) return to->on_end();
            to->on_bytes({room_.data(), n});
        });
    }
    std::size_t write_now(std::string_view bytes) noexcept override {
        boost::system::error_code ec;
        const std::size_t n = socket_.write_some(boost::asio::buffer(bytes.data(), bytes.size()), ec);
        return ec ? 0 : n;
    }
    void write(std::string_view bytes, user to) override {
        socket_.async_write_some(boost::asio::buffer(bytes.data(), bytes.size()),
                                 [to = std::move(to)](boost::system::error_code ec, std::size_t n) {
                                     to->on_written(n, ec.failed());
                                 });
    }
    boost::asio::ip::tcp::socket& socket() noexcept override { return socket_; }

private:
    boost::asio::ip::tcp::socket socket_;
    reading_room& room_;
};

/// Shakes hands when it is first read from.
class tls_channel final : public channel {
public:
    /// `tls` must outlive it.
    tls_channel(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls) : stream_(std::move(socket), tls) {}

    void read(user to) override {
        if (open_) return read_some(std::move(to));
        stream_.async_handshake(boost::asio::ssl::stream_base::server, [this, to = std::move(to)](boost::system::error_code ec) {
            if (ec) return to->on_end();
            open_ = true;
            read_some(to);
        });
    }
    std::size_t write_now(std::string_view) noexcept override { return 0; }
    void write(std::string_view bytes, user to) override {
        stream_.async_write_some(boost::asio::buffer(bytes.data(), bytes.size()),
                                 [to = std::move(to)](boost::system::error_code ec, std::size_t n) {
                                     to->on_written(n, ec.failed());
                                 });
    }
    boost::asio::ip::tcp::socket& socket() noexcept override { return stream_.next_layer(); }

private:
    void read_some(user to) {
        stream_.async_read_some(boost::asio::buffer(room_), [this, to = std::move(to)](boost::system::error_code ec, std::size_t n) {
            if (ec) return to->on_end();
            to->on_bytes({room_.data(), n});
        });
    }

    boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream_;
    std::array<char, 4096> room_;
    bool open_ = false;
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_CHANNEL_HPP
