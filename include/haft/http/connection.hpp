// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HTTP_CONNECTION_HPP
#define HAFT_HTTP_CONNECTION_HPP

/// A client's HTTP exchange, with or without TLS, that its thread waits for, but that ends at once when it is stopped. (Of a server's
/// connections mcp/transport/http/connection.hpp is the header.)

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/http/expect_host.hpp>
#include <haft/http/host_lookups.hpp>
#include <haft/http/url.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace haft::inline v0::detail {

/// For one exchange, one thread. Errors: E0319 says which host, at what, why and what may help; E0320 a limit of time; E0321 that it
/// was stopped.
class http_connection {
public:
    using clock = std::chrono::steady_clock;
    using request = boost::beast::http::request<boost::beast::http::string_body>;

    /// `tls` must outlive it, and so must `lookups` and what `stop` looks at.
    http_connection(http_url to, boost::asio::ssl::context& tls, host_lookups& lookups, stop_token stop)
        : to_(std::move(to)), context_(tls), lookups_(lookups), stop_(stop), chunk_(16384) {}

    /// Connects, within that time all in all.
    HAFT_COLD result<void> open(std::chrono::milliseconds within) {
        const clock::time_point end = clock::now() + within;
        result<addresses> found = look_up(end);
        if (!found) return std::move(found.error());
        auto done = wait(end, io_, [&](auto handler) { boost::asio::async_connect(socket_, *found, handler); });
        if (result<void> fine = judge(done, "connecting", "is the server running, and is the port right?"); !fine)
            return fine;
        boost::system::error_code ignored;
        socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
        return to_.tls ? shake_hands(end) : result<void>{};
    }
    /// Sends a request and reads the head of its response; each step of it within that time.
    HAFT_COLD result<void> send(const request& what, std::chrono::milliseconds within, std::uint64_t most_bytes) {
        silence_ = within;
        using namespace boost::beast;
        auto sent = with_stream([&](auto& stream) {
            return wait(clock::now() + within, io_, [&](auto handler) { http::async_write(stream, what, handler); });
        });
        if (result<void> fine = judge(sent, "sending the request", "try again"); !fine) return fine;
        do {
            parser_.emplace();
            parser_->header_limit(64u << 10);
            parser_->body_limit(most_bytes);
            auto read = with_stream([&](auto& stream) {
                return wait(clock::now() + within, io_,
                            [&](auto handler) { http::async_read_header(stream, buffer_, *parser_, handler); });
            });
            if (result<void> fine = judge(read, "waiting for the answer", "is this an HTTP server, and the right one?");
                !fine)
                return fine;
        } while (status() / 100 == 1);  // 100 Continue and the like: the answer comes yet
        return {};
    }
    unsigned status() const { return parser_->get().result_int(); }
    std::string_view reason() const { return {parser_->get().reason().data(), parser_->get().reason().size()}; }
    /// The value of a header of the response; "" if there is none.
    std::string_view header(std::string_view name) const {
        const auto value = parser_->get()[boost::beast::string_view(name.data(), name.size())];
        return {value.data(), value.size()};
    }
    /// The next bytes of the body, as soon as there are some; none at its end. Valid until the next call.
    HAFT_COLD result<std::string_view> read_some() {
        while (!parser_->is_done()) {
            auto& body = parser_->get().body();
            body.data = chunk_.data();
            body.size = chunk_.size();
            auto read = with_stream([&](auto& stream) {
                return wait(clock::now() + silence_, io_, [&](auto handler) {
                    boost::beast::http::async_read_some(stream, buffer_, *parser_, handler);
                });
            });
            if (read && *read == boost::beast::http::error::need_buffer) *read = {};
            if (result<void> fine = judge(read, "reading the answer", "the connection broke; try again"); !fine)
                return std::move(fine.error());
            if (const std::size_t got = chunk_.size() - body.size) return std::string_view(chunk_.data(), got);
        }
        return std::string_view();
    }

private:
    using addresses = boost::asio::ip::tcp::resolver::results_type;
    using tls_stream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>;
    using ended = result<boost::system::error_code>;

    template <class Do>
    ended with_stream(Do run) {
        return tls_ ? run(*tls_) : run(socket_);
    }

    HAFT_COLD error stopped() const { return {errc::stopped_request, concat({"stopped while asking ", to_.host})}; }
    HAFT_COLD error late() const {
        return {errc::no_answer_in_time, concat({"no answer in time from ", to_.host, ":", to_.port})};
    }

    /// Begins something and waits for its end, a stop or that time, whichever is first.
    template <class Begin>
    ended wait(clock::time_point end, boost::asio::io_context& io, Begin begin) {
        std::optional<boost::system::error_code> done;
        io.restart();
        begin([&done](boost::system::error_code ec, const auto&...) { done = ec; });
        return wait_for(done, end, io, [&] {
            boost::system::error_code ignored;
            socket_.close(ignored);
            while (!done && io.run_one() != 0) {}  // what was begun must not come back later
        });
    }
    template <class Abandon>
    ended wait_for(std::optional<boost::system::error_code>& done, clock::time_point end, boost::asio::io_context& io,
                   Abandon abandon) {
        constexpr std::chrono::milliseconds tick{10};  // how late a stop may be heard
        while (!done) {
            const clock::time_point now = clock::now();
            if (stop_.stop_requested()) return abandon(), stopped();
            if (now >= end) return abandon(), late();
            const clock::time_point next = stop_.stop_possible() && end - now > tick ? now + tick : end;
            io.run_one_until(next);
        }
        return *done;
    }
    HAFT_COLD result<void> judge(ended& done, std::string_view step, std::string_view hint) const {
        if (!done) {
            error& e = done.error();
            append_all(e.message, {", while ", step});
            return std::move(e);
        }
        if (!*done) return {};
        return error{errc::no_connection, concat({"can't talk to ", to_.host, ":", to_.port, ": ", step, ": ",
                                                  done->message(), "; ", hint})};
    }

    HAFT_COLD result<addresses> look_up(clock::time_point end) {
        lookups_.let_go_of_ended();
        auto one = std::make_unique<host_lookup>();
        one->start(to_.host, to_.port);
        host_lookup& running = *one;
        auto done = wait_for(running.ended, end, running.io, [&] { lookups_.abandon(std::move(one)); });
        if (result<void> fine = judge(done, "looking up the name", "is it right, and is there a network?"); !fine)
            return std::move(fine.error());
        return std::move(running.found);
    }
    HAFT_COLD result<void> shake_hands(clock::time_point end) {
        tls_.emplace(socket_, context_);
        expect_host(*tls_, to_.host);
        auto done = wait(end, io_,
                         [&](auto handler) { tls_->async_handshake(boost::asio::ssl::stream_base::client, handler); });
        if (const long verdict = SSL_get_verify_result(tls_->native_handle()); done && *done && verdict != X509_V_OK)
            return error{errc::no_connection,
                         concat({"can't trust ", to_.host, ":", to_.port, ": ", X509_verify_cert_error_string(verdict),
                                 "; if it is yours, name the certificate of who signed it as ca_file"})};
        return judge(done, "the TLS handshake", "does it speak TLS, and is its certificate for that name?");
    }

    http_url to_;
    boost::asio::ssl::context& context_;
    host_lookups& lookups_;
    stop_token stop_;
    boost::asio::io_context io_{1};
    boost::asio::ip::tcp::socket socket_{io_};
    std::optional<tls_stream> tls_;
    boost::beast::flat_buffer buffer_;
    std::optional<boost::beast::http::response_parser<boost::beast::http::buffer_body>> parser_;
    std::vector<char> chunk_;
    std::chrono::milliseconds silence_{0};
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HTTP_CONNECTION_HPP
