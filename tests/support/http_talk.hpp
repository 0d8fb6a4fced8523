// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_HTTP_TALK_HPP
#define HAFT_TESTS_SUPPORT_HTTP_TALK_HPP

/// A server over HTTP on a thread of its own, and a client that says byte by byte what a test wants it to say.

#include <haft/mcp/transport/http.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace haft_test {

class http_fixture {
public:
    explicit http_fixture(haft::toolset tools, haft::mcp::http_options options = {}) : server(std::move(tools), std::move(options)) {
        if (const haft::result<void> fine = server.listen(); !fine) throw std::runtime_error(fine.error().text());
        thread_ = std::thread([this] { server.run(); });
    }
    http_fixture(const http_fixture&) = delete;
    http_fixture& operator=(const http_fixture&) = delete;
    ~http_fixture() {
        server.stop();
        server.stop();
        wait();
    }
    /// Until it has ended.
    void wait() {
        if (thread_.joinable()) thread_.join();
    }
    std::uint16_t port() const { return server.port(); }

    haft::mcp::http_server server;

private:
    std::thread thread_;
};

struct http_response {
    int status = 0;  ///< 0: the connection ended instead
    std::map<std::string, std::string> headers = {};  ///< names in small letters
    std::string body = {};                            ///< as far as it came; without the marks of chunks
    bool whole = false;                               ///< it ended as it should

    std::string header(const std::string& name) const {
        const auto at = headers.find(name);
        return at == headers.end() ? "" : at->second;
    }
    bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
};

class http_client {
public:
    explicit http_client(std::uint16_t port, int receive_bytes = 0) : port_(port) {
        fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (receive_bytes) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (fd_ < 0 || ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
            throw std::runtime_error("can't connect: error " + std::to_string(errno));
    }
    http_client(const http_client&) = delete;
    http_client& operator=(const http_client&) = delete;
    ~http_client() { close(); }
    void close() {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }
    /// As a client that is killed with something unread.
    void reset() {
        const linger at_once{1, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close();
    }

    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
    /// False if the other side has gone.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    /// A request of ordinary form; `headers` are further ones, each with its line end.
    static std::string text(std::string_view method, std::string_view host, std::string_view headers, std::string_view body,
                            std::string_view target = "/mcp") {
        std::string out;
        out.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n").append(headers);
        if (!body.empty() || method == "POST") out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        return out.append("\r\n").append(body);
    }
    static constexpr const char* usual = "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";
    bool send_post(std::string_view body, std::string_view headers = "") {
        return send(text("POST", host(), std::string(usual).append(headers), body));
    }
    http_response post(std::string_view body, std::string_view headers = "") {
        send_post(body, headers);
        return read();
    }
    http_response ask(std::string_view method, std::string_view headers = "", std::string_view target = "/mcp") {
        send(text(method, host(), headers, "", target));
        return read();
    }

    /// The next bytes; "" at the end of the connection. Nothing in 30 s is an error of the test.
    std::string read_some() {
        pollfd one{fd_, POLLIN, 0};
        if (::poll(&one, 1, 30'000) <= 0) throw std::runtime_error("nothing came");
        char bytes[65536];
        const ssize_t n = ::recv(fd_, bytes, sizeof bytes, 0);
        return n <= 0 ? std::string() : std::string(bytes, static_cast<std::size_t>(n));
    }
    bool is_quiet_for(int milliseconds) const {
        pollfd one{fd_, POLLIN, 0};
        return came_.empty() && ::poll(&one, 1, milliseconds) == 0;
    }
    /// Whether nothing more comes than the end.
    bool ends() { return came_.empty() && read_some().empty(); }

    /// The head of a response; its body is empty yet.
    http_response read_head() {
        http_response out;
        while (came_.find("\r\n\r\n") == std::string::npos)
            if (!more()) return out;
        const std::size_t end = came_.find("\r\n\r\n");
        const std::string head = came_.substr(0, end + 2);
        came_.erase(0, end + 4);
        out.status = std::atoi(head.c_str() + head.find(' '));
        for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
            const std::size_t line_end = head.find("\r\n", at), colon = head.find(':', at);
            std::string name = head.substr(at, colon - at);
            for (char& c : name)
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
            out.headers[name] = head.substr(colon + 2, line_end - colon - 2);
            at = line_end + 2;
        }
        if (out.status == 100) return read_head();
        return out;
    }
    /// A whole response, or what there is of it.
    http_response read() {
        http_response out = read_head();
        if (out.status == 0) return out;
        if (out.header("transfer-encoding") == "chunked") {
            while (read_chunk(out)) {}
            return out;
        }
        const std::size_t size = std::strtoul(out.header("content-length").c_str(), nullptr, 10);
        while (came_.size() < size && more()) {}
        out.whole = came_.size() >= size;
        out.body = came_.substr(0, size);
        came_.erase(0, size);
        return out;
    }
    /// Reads on in a stream until its body holds that text. False if it ended before.
    bool read_until(http_response& of, std::string_view text) {
        while (!of.has(text))
            if (!read_chunk(of)) return of.has(text);
        return true;
    }

private:
    bool more() {
        const std::string bytes = read_some();
        came_ += bytes;
        return !bytes.empty();
    }
    /// False at the end.
    bool read_chunk(http_response& to) {
        if (to.whole) return false;
        while (came_.find("\r\n") == std::string::npos)
            if (!more()) return false;
        const std::size_t line = came_.find("\r\n") + 2;
        const std::size_t size = std::strtoul(came_.c_str(), nullptr, 16);
        while (came_.size() < line + size + 2)
            if (!more()) return false;
        to.body += came_.substr(line, size);
        came_.erase(0, line + size + 2);
        to.whole = size == 0;
        return size != 0;
    }

    std::uint16_t port_;
    int fd_ = -1;
    std::string came_;
};

inline std::string initialize(std::string_view revision = "2025-11-25") {
    return R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" + std::string(revision) +
           R"(","capabilities":{},"clientInfo":{"name":"test","version":"1"}}})";
}
inline std::string call(int id, std::string_view tool, std::string_view arguments = "{}", std::string_view more = "") {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + std::to_string(id) + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + std::string(tool) +
           "\",\"arguments\":" + std::string(arguments) + std::string(more) + "}}";
}
/// A call that stands for itself (2026-07-28), with its headers.
inline std::string meta_2026() {
    return R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},)"
           R"("io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}})";
}
inline std::string headers_2026(std::string_view method, std::string_view name = "") {
    std::string out = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: " + std::string(method) + "\r\n";
    if (!name.empty()) out += "Mcp-Name: " + std::string(name) + "\r\n";
    return out;
}

/// Begins a session: the headers that further requests need.
inline std::string begin_session(http_client& client, std::string_view headers = "", std::string_view revision = "2025-11-25") {
    const http_response begun = client.post(initialize(revision), headers);
    REQUIRE(begun.status == 200);
    REQUIRE(begun.header("mcp-session-id").size() == 32);
    return "Mcp-Session-Id: " + begun.header("mcp-session-id") + "\r\nMCP-Protocol-Version: " + std::string(revision) + "\r\n" +
           std::string(headers);
}

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_HTTP_TALK_HPP
