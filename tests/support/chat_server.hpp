// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_CHAT_SERVER_HPP
#define HAFT_TESTS_SUPPORT_CHAT_SERVER_HPP

/// A real HTTP server on this machine that gives scripted chat completions and keeps what it was asked.

#include "chat_answers.hpp"
#include "test_certificate.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/socket.h>

namespace haft_test {

struct seen_request {
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers;  ///< names in small letters
    std::string body;
    std::string server_name = {};  ///< that the client asked for within TLS

    nlohmann::json json() const { return nlohmann::json::parse(body); }
};

/// Serves one connection after the other, one request each; what comes when the script is at its end is answered with 500.
class chat_server {
public:
    explicit chat_server(std::deque<chat_answer> script = {}, std::optional<test_certificate> tls = std::nullopt)
        : script_(std::move(script)), acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {
        if (tls) {
            tls_.emplace(boost::asio::ssl::context::tls_server);
            tls_->use_certificate_chain(boost::asio::buffer(tls->certificate));
            tls_->use_private_key(boost::asio::buffer(tls->key), boost::asio::ssl::context::pem);
        }
        accept();
        thread_ = std::thread([this] { io_.run(); });
    }
    chat_server(const chat_server&) = delete;
    chat_server& operator=(const chat_server&) = delete;
    ~chat_server() {
        {
            const std::lock_guard guard(mutex_);
            stopping_ = true;
            if (connected_ >= 0) ::shutdown(connected_, SHUT_RDWR);
        }
        changed_.notify_all();
        io_.stop();
        thread_.join();
    }

    unsigned short port() const { return acceptor_.local_endpoint().port(); }
    std::string base_url(const std::string& host = "localhost") const {
        return (tls_ ? "https://" : "http://") + host + ":" + std::to_string(port()) + "/v1";
    }
    void then(chat_answer one) {
        const std::lock_guard guard(mutex_);
        script_.push_back(std::move(one));
    }
    std::vector<seen_request> requests() const {
        const std::lock_guard guard(mutex_);
        return seen_;
    }
    /// Waits until that many requests have come.
    void wait_for_requests(std::size_t count) {
        std::unique_lock held(mutex_);
        changed_.wait(held, [&] { return seen_.size() >= count || stopping_; });
    }

private:
    using tcp = boost::asio::ip::tcp;

    void accept() {
        acceptor_.async_accept([this](boost::system::error_code failed, tcp::socket socket) {
            if (failed) return;
            {
                const std::lock_guard guard(mutex_);
                if (stopping_) return;
                connected_ = socket.native_handle();
            }
            try {
                serve(socket);
            } catch (const std::exception&) {}  // the client has gone, as tests make it do
            {
                const std::lock_guard guard(mutex_);
                connected_ = -1;
            }
            accept();
        });
    }

    void serve(tcp::socket& socket) {
        if (!tls_) return answer(socket);
        boost::asio::ssl::stream<tcp::socket&> stream(socket, *tls_);
        stream.handshake(boost::asio::ssl::stream_base::server);
        const char* const name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
        answer(stream, name ? name : "");
        boost::system::error_code ignored;
        stream.shutdown(ignored);
    }

    template <class Stream>
    void answer(Stream& stream, std::string server_name = {}) {
        namespace http = boost::beast::http;
        boost::beast::flat_buffer buffer;
        http::request_parser<http::string_body> parser;
        parser.body_limit(64u << 20);
        http::read(stream, buffer, parser);
        const auto& got = parser.get();
        seen_request seen{std::string(got.method_string()), std::string(got.target()), {}, got.body(), std::move(server_name)};
        for (const auto& field : got) {
            std::string name(field.name_string());
            for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            seen.headers[name] = std::string(field.value());
        }
        const bool streamed = seen.body.find("\"stream\":true") != std::string::npos;
        send(stream, next(std::move(seen)), streamed);
    }

    chat_answer next(seen_request seen) {
        const std::lock_guard guard(mutex_);
        seen_.push_back(std::move(seen));
        changed_.notify_all();
        if (script_.empty()) return fails_with(500, R"({"error":{"message":"the script is at its end"}})");
        chat_answer out = std::move(script_.front());
        script_.pop_front();
        return out;
    }

    /// False if the server is to end.
    bool pause(std::chrono::milliseconds time) {
        std::unique_lock held(mutex_);
        return !changed_.wait_for(held, time, [&] { return stopping_; });
    }

    template <class Stream>
    void send(Stream& stream, chat_answer a, bool streamed) {
        const auto write = [&](const std::string& bytes) { boost::asio::write(stream, boost::asio::buffer(bytes)); };
        if (!a.raw.empty()) return write(a.raw);
        if (!a.reply.is_null() && a.body.empty() && a.pieces.empty()) {
            if (streamed) a.pieces = reply_events(a.reply), a.content_type = "text/event-stream";
            else a.body = whole_reply(a.reply);
        }
        std::string head = "HTTP/1.1 " + std::to_string(a.status) + (a.status == 200 ? " OK" : " Failed") +
                           "\r\nContent-Type: " + a.content_type + "\r\nConnection: close\r\n";
        for (const auto& [name, value] : a.headers) head += name + ": " + value + "\r\n";
        if (a.pieces.empty()) {
            if (!pause(a.pause)) return;
            return write(head + "Content-Length: " + std::to_string(a.body.size() + (a.cut ? 10 : 0)) + "\r\n\r\n" +
                         a.body);
        }
        write(head + "Transfer-Encoding: chunked\r\n\r\n");
        for (const std::string& piece : a.pieces) {
            if (!pause(a.pause)) return;
            char size[32];
            std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
            write(size + piece + "\r\n");
        }
        if (!a.cut) write("0\r\n\r\n");
    }

    std::deque<chat_answer> script_;
    std::vector<seen_request> seen_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    int connected_ = -1;
    boost::asio::io_context io_;
    tcp::acceptor acceptor_;
    std::optional<boost::asio::ssl::context> tls_;
    std::thread thread_;
};

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_CHAT_SERVER_HPP
