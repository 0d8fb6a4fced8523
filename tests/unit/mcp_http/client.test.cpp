// SPDX-License-Identifier: BSL-1.0
// The client over HTTP, against the server over HTTP: both eras, streams, sessions that end, TLS, and servers that are not there. Each
// server runs on a std::thread of its own.
#include <haft/core/stop_source.hpp>
#include <haft/mcp/client/over_http.hpp>
#include <haft/mcp/client/server_connection.hpp>
#include <haft/mcp/transport/http.hpp>
#include <haft/tool.hpp>
#include <haft/tool/ask.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <support/gate.hpp>
#include <support/http_talk.hpp>
#include <support/temporary_folder.hpp>
#include <support/test_certificate.hpp>

using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using haft_test::add_wait;
using haft_test::gate;
using haft_test::http_fixture;

namespace {

struct whom {
    std::string name;
};

haft::toolset tools(const std::shared_ptr<gate>& at) {
    haft::toolset out;
    add_wait(out, at, true);
    out.add("echo", "Gives it back", [](haft::arg<"text", std::string> text) { return *text; });
    out.add("steps", "Tells how far it is", [](haft::call_context& context) {
        context.progress(1, 2, "half");
        context.progress(2, 2, "whole");
        return std::string("done");
    });
    out.add("slow", "Outlives its stream", [](haft::call_context& context) {
        for (int i = 0; i < 60 && !context.stop_requested(); ++i) std::this_thread::sleep_for(10ms);
        return std::string("late");
    });
    out.add("greet", "Asks whom", [](haft::call_context& context) -> haft::result<std::string> {
        const haft::result<haft::answer<whom>> given = context.ask<whom>("Whom?");
        if (!given) return given.error();
        return *given ? "hello " + given->value.name : std::string("nobody");
    });
    return out;
}
std::string url_of(const http_fixture& server) { return "http://127.0.0.1:" + std::to_string(server.port()) + "/mcp"; }
haft::mcp::server_connection_options to(haft::mcp::remote_server_options how, haft::mcp::opening begins = haft::mcp::opening::probe) {
    how.retry_time = 20ms;
    haft::result<haft::mcp::server_connector> connect = haft::mcp::over_http(std::move(how));
    REQUIRE(connect);
    haft::mcp::server_connection_options out;
    out.connect = std::move(*connect);
    out.client.server = "s";
    out.client.begins = begins;
    out.first_pause = 0ms;
    return out;
}
std::string said(const haft::result<std::string>& r) { return r ? *r : r.error().text(); }

std::string json_response(const std::string& body, const std::string& status = "200 OK") {
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
/// Gives each request what it is told to, and closes the connection.
class one_way_server {
public:
    explicit one_way_server(std::function<std::string(const std::string&)> answer)
        : answer_(std::move(answer)), listens_(io_, {boost::asio::ip::make_address("127.0.0.1"), 0}), thread_([this] { serve(); }) {}
    one_way_server(const one_way_server&) = delete;
    one_way_server& operator=(const one_way_server&) = delete;
    ~one_way_server() {
        ends_ = true;
        boost::system::error_code ignored;
        boost::asio::ip::tcp::socket(io_).connect(listens_.local_endpoint(), ignored);
        thread_.join();
    }
    std::uint16_t port() const { return listens_.local_endpoint().port(); }
    /// How many requests had that text in them.
    int heard(std::string_view text) const {
        const std::lock_guard lock(mutex_);
        int n = 0;
        for (const std::string& one : requests_) n += one.find(text) != std::string::npos;
        return n;
    }

private:
    void serve() {
        while (!ends_) {
            boost::asio::ip::tcp::socket from(io_);
            boost::system::error_code ec;
            listens_.accept(from, ec);
            std::string request;
            while (!ec && !is_whole(request)) {
                char bytes[4096];
                request.append(bytes, from.read_some(boost::asio::buffer(bytes), ec));
            }
            if (ec) continue;
            {
                const std::lock_guard lock(mutex_);
                requests_.push_back(request);
            }
            boost::asio::write(from, boost::asio::buffer(answer_(request)), ec);
        }
    }
    static bool is_whole(const std::string& request) {
        const std::size_t head = request.find("\r\n\r\n"), size = request.find("Content-Length: ");
        return head != std::string::npos && (size > head || request.size() >= head + 4 + std::stoul(request.substr(size + 16)));
    }

    std::function<std::string(const std::string&)> answer_;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::atomic<bool> ends_{false};
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor listens_;
    std::thread thread_;
};

struct hears final : haft::call_listener {
    std::vector<std::string> steps;
    void on_progress(const haft::progress& p) override { steps.emplace_back(p.message); }
};

}  // namespace

TEST_CASE("a server over HTTP is listed, called and left, in both eras", "[mcp_http][NX-11]") {
    const auto begins = GENERATE(haft::mcp::opening::probe, haft::mcp::opening::handshake);
    http_fixture server(tools(std::make_shared<gate>()));
    {
        haft::mcp::server_connection client(to({.url = url_of(server)}, begins));
        const auto listed = client.list_tools();
        REQUIRE(listed);
        CHECK(listed->size() == 5);
        CHECK_THAT(said(client.call("echo", R"({"text":"h\u00e9"})")), ContainsSubstring("h\u00e9") || ContainsSubstring("hé"));
        hears listener;
        CHECK_THAT(said(client.call("steps", "{}", {}, &listener)), ContainsSubstring("done"));
        REQUIRE_FALSE(listener.steps.empty());
        CHECK(listener.steps.back() == "whole");  // of two that are told at once the last
        CHECK_THAT(said(client.call("echo", R"({"txt":1})")), ContainsSubstring("isError\":true"));
        CHECK_THAT(said(client.call("nothing", "{}")), ContainsSubstring("refuses the call") && ContainsSubstring("nothing"));
        CHECK(server.server.sessions() == (begins == haft::mcp::opening::handshake ? 1u : 0u));
    }
    CHECK(server.server.sessions() == 0);  // it has said goodbye
}

TEST_CASE("several calls at a time, and one that is not wanted any more", "[mcp_http][NX-11]") {
    const auto begins = GENERATE(haft::mcp::opening::probe, haft::mcp::opening::handshake);
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.threads = 4;
    http_fixture server(tools(at), options);
    haft::mcp::server_connection client(to({.url = url_of(server)}, begins));
    REQUIRE(client.start());
    haft::stop_source stop;
    std::string first;
    std::thread waits([&] { first = said(client.call("wait", "{}", stop.token())); });
    while (at->inside == 0) std::this_thread::sleep_for(5ms);
    CHECK_THAT(said(client.call("echo", R"({"text":"meanwhile"})")), ContainsSubstring("meanwhile"));
    stop.request_stop();
    waits.join();
    CHECK_THAT(first, ContainsSubstring("cancelled"));
    for (int i = 0; i < 500 && at->stopped == 0; ++i) std::this_thread::sleep_for(10ms);
    CHECK(at->stopped == 1);  // and the server has heard of it
}

TEST_CASE("a stream that ends early is gone on with where it broke off", "[mcp_http][NX-11][fault-137]") {
    haft::mcp::http_options options;
    options.poll_after = 20ms;  // the server closes streams that are open for so long, so far more often than a client tries in vain
    options.stream_after = 20ms;
    options.retry_time = 10ms;
    http_fixture server(tools(std::make_shared<gate>()), options);
    haft::mcp::server_connection client(to({.url = url_of(server)}, haft::mcp::opening::handshake));
    CHECK_THAT(said(client.call("slow", "{}")), ContainsSubstring("late"));
    CHECK_THAT(said(client.call("slow", "{}")), ContainsSubstring("late"));
}

TEST_CASE("a session that the server has forgotten is begun anew, and nobody notices", "[mcp_http][NX-11][fault-133]") {
    haft::mcp::http_options options;
    options.max_sessions = 1;
    options.spare_time = 0ms;
    options.max_streams = 0;  // a session with an open stream would stay
    http_fixture server(tools(std::make_shared<gate>()), options);
    haft::mcp::server_connection client(to({.url = url_of(server)}, haft::mcp::opening::handshake));
    CHECK_THAT(said(client.call("echo", R"({"text":"first"})")), ContainsSubstring("first"));
    haft_test::http_client other(server.port());
    haft_test::begin_session(other);  // takes the one place
    CHECK_THAT(said(client.call("echo", R"({"text":"second"})")), ContainsSubstring("second"));
    CHECK(server.server.sessions() == 1);
}

TEST_CASE("what a server asks over HTTP is answered, in both eras", "[mcp_http][NX-11]") {
    const auto begins = GENERATE(haft::mcp::opening::probe, haft::mcp::opening::handshake);
    haft::mcp::http_options serving;
    serving.max_requests = 1;  // the call itself: what it waits for is taken in all the same
    http_fixture server(tools(std::make_shared<gate>()), serving);
    haft::mcp::server_connection_options options = to({.url = url_of(server)}, begins);
    options.answers = {haft::question_kind::form};
    options.answer = [](const haft::question&) { return haft::result<std::string>(R"({"action":"accept","content":{"name":"Ann"}})"); };
    haft::mcp::server_connection client(options);
    CHECK_THAT(said(client.call("greet", "{}")), ContainsSubstring("hello Ann"));
}

TEST_CASE("who is not there, or wants a token, is told apart", "[mcp_http][NX-11]") {
    std::uint16_t port = 0;
    {
        haft::mcp::http_options options;
        options.token = "secret-token";
        http_fixture server(tools(std::make_shared<gate>()), options);
        port = server.port();
        haft::mcp::server_connection without(to({.url = url_of(server)}));
        const auto refused = without.start();
        REQUIRE_FALSE(refused);
        CHECK_THAT(refused.error().text(), ContainsSubstring("HTTP 401 Unauthorized") && ContainsSubstring("give it as the header Authorization"));
        haft::mcp::server_connection with(to({.url = url_of(server), .headers = {{"Authorization", "Bearer secret-token"}}}));
        CHECK_THAT(said(with.call("echo", R"({"text":"in"})")), ContainsSubstring("in"));
        haft::mcp::server_connection elsewhere(
            to({.url = "http://127.0.0.1:" + std::to_string(port) + "/other", .headers = {{"Authorization", "Bearer secret-token"}}}));
        const auto lost = elsewhere.start();
        REQUIRE_FALSE(lost);
        CHECK_THAT(lost.error().text(), ContainsSubstring("HTTP 404") && ContainsSubstring("is the path of the url right?"));
    }
    haft::mcp::server_connection nobody(to({.url = "http://127.0.0.1:" + std::to_string(port) + "/mcp"}));
    const auto gone = nobody.start();
    REQUIRE_FALSE(gone);
    CHECK_THAT(gone.error().text(), ContainsSubstring("has not begun: it can't be reached at http://127.0.0.1:" + std::to_string(port) +
                                                      "/mcp: connecting: Connection refused"));
}

TEST_CASE("a call that is lost on its way is of unknown fate, and is not made again", "[mcp_http][NX-11]") {
    // A proxy that speaks for a server: whatever is called there ends in one of these ways.
    const std::string way = GENERATE("closes", "502", "no answer", "reset within", "503 of its own");
    one_way_server proxy([&](const std::string& request) -> std::string {
        if (request.find("server/discover") != std::string::npos)
            return json_response(R"({"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}}})");
        if (way == "502") return "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\nContent-Type: text/html\r\n\r\n<html>";
        if (way == "no answer") return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 3\r\n\r\n:\n\n";
        if (way == "reset within") return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 30\r\n\r\n:\n\n";
        if (way == "503 of its own")
            return json_response(R"({"jsonrpc":"2.0","error":{"code":-32000,"message":"is ending","data":{"fate":"unknown"}}})", "503 Service Unavailable");
        return "";
    });
    haft::mcp::server_connection client(to({.url = "http://127.0.0.1:" + std::to_string(proxy.port()) + "/mcp"}));
    const haft::result<std::string> lost = client.call("charge", "{}");
    REQUIRE_FALSE(lost);
    CHECK(lost.error().code == haft::errc::call_fate_unknown);
    CHECK_THAT(lost.error().text(), ContainsSubstring("has not answered the call of \"charge\", which may have been done all the same; look before you call again: "));
    CHECK(proxy.heard("tools/call") == 1);
    if (way == "closes") CHECK_THAT(lost.error().text(), ContainsSubstring("lost its connection at") && ContainsSubstring("waiting for the answer"));
    if (way == "502") CHECK_THAT(lost.error().text(), ContainsSubstring("HTTP 502 Bad Gateway"));
}

TEST_CASE("a call that a server refuses, or that never reaches one, was not done", "[mcp_http][NX-11]") {
    std::optional<one_way_server> proxy(std::in_place, [&](const std::string& request) {
        if (request.find("server/discover") != std::string::npos)
            return json_response(R"({"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}}})");
        if (request.find("full") != std::string::npos) return json_response(R"({"jsonrpc":"2.0","error":{"code":-32000,"message":"is ending"}})", "503 X");
        return std::string("HTTP/1.1 413 Too Large\r\nContent-Length: 6\r\n\r\n<html>");
    });
    haft::mcp::server_connection client(to({.url = "http://127.0.0.1:" + std::to_string(proxy->port()) + "/mcp"}));
    CHECK(client.call("large", "{}").error().code == haft::errc::server_refused);
    CHECK(client.call("full", "{}").error().code == haft::errc::server_refused);
    proxy.reset();
    const haft::result<std::string> unreached = client.call("charge", "{}");
    REQUIRE_FALSE(unreached);
    CHECK(unreached.error().code == haft::errc::server_not_reached);
    CHECK_THAT(unreached.error().text(), ContainsSubstring("was not reached, so \"charge\" was not called: can't be reached at") &&
                                             ContainsSubstring("Connection refused"));
}

TEST_CASE("TLS is spoken with whom it trusts, and with nobody else", "[mcp_http][NX-11]") {
    const haft_test::temporary_folder folder;
    const auto certificate = haft_test::test_certificate::make();
    haft::mcp::http_options options;
    options.certificate_file = (folder.path / "cert.pem").string();
    options.key_file = (folder.path / "key.pem").string();
    std::ofstream(options.certificate_file) << certificate.certificate;
    std::ofstream(options.key_file) << certificate.key;
    http_fixture server(tools(std::make_shared<gate>()), options);
    const std::string url = "https://localhost:" + std::to_string(server.port()) + "/mcp";
    haft::mcp::server_connection trusts(to({.url = url, .ca_file = options.certificate_file}));
    CHECK_THAT(said(trusts.call("echo", R"({"text":"sealed"})")), ContainsSubstring("sealed"));
    haft::mcp::server_connection doubts(to({.url = url}));
    const auto refused = doubts.start();
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().text(), ContainsSubstring("the TLS handshake") && ContainsSubstring("name the certificate of who signed it as ca_file"));
}

TEST_CASE("an address or a header that can't be one is refused", "[mcp_http][NX-11]") {
    const auto why = [](haft::mcp::remote_server_options how) {
        const auto out = haft::mcp::over_http(std::move(how));
        return out ? std::string("taken") : out.error().text();
    };
    CHECK(why({.url = "http://127.0.0.1:1/mcp"}) == "taken");
    CHECK_THAT(why({.url = "ftp://x"}), ContainsSubstring("begins neither with https:// nor with http://"));
    CHECK_THAT(why({.url = "http://localhost/", .headers = {{"X", "a\r\nY: b"}}}), ContainsSubstring("the header \"X\" can't be sent"));
    CHECK_THAT(why({.url = "http://mcp.example.com/", .headers = {{"authorization", "Bearer x"}}}), ContainsSubstring("for everybody to read"));
    CHECK_THAT(why({.url = "https://x/", .ca_file = "no/such/file"}), ContainsSubstring("no/such/file can't be read"));
}
