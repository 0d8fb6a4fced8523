// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_TRANSPORT_HTTP_LISTENER_HPP
#define HAFT_MCP_TRANSPORT_HTTP_LISTENER_HPP

/// Takes clients in, as many as it is told, and holds their connections.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/mcp/transport/http/channel.hpp>
#include <haft/mcp/transport/http/connection.hpp>
#include <haft/mcp/transport/http/options.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sys/resource.h>

namespace haft::inline v0::mcp::http {

/// So many, or as many as there are descriptors for when some are left for everything else.
HAFT_COLD inline std::size_t possible_connections(std::size_t asked) noexcept {
    constexpr std::size_t spare = 64;
    rlimit now{};
    if (::getrlimit(RLIMIT_NOFILE, &now) != 0 || now.rlim_cur == RLIM_INFINITY) return asked;
    const auto all = static_cast<std::size_t>(now.rlim_cur);
    return (std::min)(asked, all > 2 * spare ? all - spare : all / 2);
}

/// Use from the thread that runs `io`. Errors: E0490 where nothing can listen, E0491 for what is no address, E0492 for a certificate
/// or a key that can't be used.
class listener final : public connection_keeper {
public:
    using clock = connection::clock;

    /// What is referred to must outlive it.
    listener(boost::asio::io_context& io, request_handler& handler, const http_options& options)
        : acceptor_(io), pause_(io), handler_(handler), options_(options) {}

    HAFT_COLD result<void> listen() {
        boost::system::error_code ec;
        const std::string& asked = options_.address;
        const auto address = boost::asio::ip::make_address(asked == "localhost" ? "127.0.0.1" : asked, ec);
        if (ec)
            return error{errc::bad_http_option, concat({in_quotes(asked), " is no address of this machine; write one such as 127.0.0.1 or ::1"})};
        if (result<void> fine = prepare_tls(); !fine) return fine;
        const boost::asio::ip::tcp::endpoint at(address, options_.port);
        const auto step = [&](auto&& act) { return ec ? void() : void(act()); };
        step([&] { acceptor_.open(at.protocol(), ec); });
        step([&] { acceptor_.set_option(boost::asio::socket_base::reuse_address(true), ec); });
        step([&] { acceptor_.bind(at, ec); });
        step([&] { acceptor_.listen(boost::asio::socket_base::max_listen_connections, ec); });
        if (ec)
            return error{errc::not_listening,
                         concat({"can't listen at ", asked, ":", decimal(options_.port), ": ", ec.message(),
                                 "; is another program there? Port 0 is one that is free"})};
        most_ = possible_connections(options_.max_connections);
        port_ = acceptor_.local_endpoint(ec).port();
        loopback_ = address.is_loopback();
        accept();
        return {};
    }
    std::uint16_t port() const noexcept { return port_; }
    bool is_loopback() const noexcept { return loopback_; }
    bool has_tls() const noexcept { return tls_.has_value(); }
    std::size_t connections() const noexcept { return count_; }  ///< any thread
    /// How many there may be, since it listens.
    std::size_t most_connections() const noexcept { return most_; }

    void tick(clock::time_point now) {
        for (const auto& one : copy_of_all()) one->tick(now);
    }
    /// Each connection, and each that still comes, is for one more answer.
    void leave() {
        leaves_ = true;
        for (const auto& one : copy_of_all()) one->leave();
    }
    /// Takes in who waits to be, and nobody else.
    void close() {
        boost::system::error_code ec;
        acceptor_.non_blocking(true, ec);
        while (!ec && acceptor_.is_open()) {
            boost::asio::ip::tcp::socket socket(acceptor_.get_executor());
            acceptor_.accept(socket, ec);
            if (!ec) take_in(std::move(socket));
        }
        acceptor_.close(ec);
        pause_.cancel();
    }
    /// Takes nobody in any more; who waits for an answer gets it.
    void stop() {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel();
        for (const auto& one : copy_of_all()) one->idle() ? one->close() : one->answer_the_last();
    }
    void close_all() {
        for (const auto& one : copy_of_all()) one->close();
    }
    void on_closed(connection& one) override {
        all_.erase(&one);
        count_ = all_.size();
        if (waits_) pause_.cancel();  // there is a descriptor again
    }

private:
    std::vector<std::shared_ptr<connection>> copy_of_all() const {
        std::vector<std::shared_ptr<connection>> out;
        out.reserve(all_.size());
        for (const auto& [key, one] : all_) out.push_back(one);
        return out;
    }

    HAFT_COLD result<void> prepare_tls() {
        if (options_.certificate_file.empty() && options_.key_file.empty()) return {};
        if (options_.certificate_file.empty() || options_.key_file.empty())
            return error{errc::bad_certificate, "a certificate needs its key, and a key its certificate: name both files"};
        using boost::asio::ssl::context;
        context& tls = tls_.emplace(context::tls_server);
        boost::system::error_code ec;
        tls.set_options(context::default_workarounds | context::no_sslv2 | context::no_sslv3 | context::no_tlsv1 | context::no_tlsv1_1, ec);
        const std::string* file = &options_.certificate_file;
        tls.use_certificate_chain_file(*file, ec);
        if (!ec) file = &options_.key_file, tls.use_private_key_file(*file, context::pem, ec);
        if (!ec) return {};
        return error{errc::bad_certificate,
                     concat({"can't use ", in_quotes(*file), ": ", ec.message(),
                             "; it must be readable and PEM, and the key must be the certificate's"})};
    }

    void accept() {
        acceptor_.async_accept([this](boost::system::error_code ec, boost::asio::ip::tcp::socket socket) {
            if (ec == boost::asio::error::operation_aborted || !acceptor_.is_open()) return;
            if (ec) return wait_a_little();
            accept();  // first: an exception must not end it
            take_in(std::move(socket));
        });
    }
    /// There are no descriptors, or no memory: who knocks waits in the system's queue until there are.
    void wait_a_little() {
        waits_ = true;
        pause_.expires_after(std::chrono::milliseconds(100));
        pause_.async_wait([this](boost::system::error_code) {
            waits_ = false;
            if (acceptor_.is_open()) accept();
        });
    }
    void take_in(boost::asio::ip::tcp::socket socket) {
        boost::system::error_code ignored;
        if (all_.size() >= most_) {
            constexpr std::string_view full = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.non_blocking(true, ignored);
            if (!has_tls()) socket.write_some(boost::asio::buffer(full.data(), full.size()), ignored);
            socket.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
            return;
        }
        socket.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
        std::unique_ptr<channel> bytes;
        if (tls_) bytes = std::make_unique<tls_channel>(std::move(socket), *tls_);
        else bytes = std::make_unique<plain_channel>(std::move(socket), room_);
        const auto one = std::make_shared<connection>(std::move(bytes), handler_, *this, options_);
        all_.emplace(one.get(), one);
        count_ = all_.size();
        one->start(clock::now());
        if (leaves_) one->leave();
    }

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    request_handler& handler_;
    const http_options& options_;
    std::optional<boost::asio::ssl::context> tls_;
    reading_room room_;
    std::unordered_map<const connection*, std::shared_ptr<connection>> all_;
    std::atomic<std::size_t> count_{0};  // of all_
    std::size_t most_ = 0;
    std::uint16_t port_ = 0;
    bool loopback_ = false, waits_ = false, leaves_ = false;
};

}  // namespace haft::inline v0::mcp::http

#endif  // HAFT_MCP_TRANSPORT_HTTP_LISTENER_HPP
