// SPDX-License-Identifier: BSL-1.0
// Calls that take their time: streams, sessions, clients that go, come back, or take nothing. Each test has a server on a std::thread of
// its own.
#include <haft/mcp/transport/http.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <support/gate.hpp>
#include <support/http_talk.hpp>
#include <support/open_descriptors.hpp>

using namespace std::chrono_literals;
using haft_test::add_wait;
using haft_test::begin_session;
using haft_test::call;
using haft_test::gate;
using haft_test::http_client;
using haft_test::http_fixture;
using haft_test::http_response;
using haft_test::open_descriptors;

namespace {

/// `wait`: until the gate is open, or somebody asks it to stop. `steps`: tells so many steps. `echo`, `big`.
haft::toolset tools(const std::shared_ptr<gate>& at) {
    haft::toolset out;
    add_wait(out, at);
    out.add("tell", "Tells a step, and waits", [at](haft::call_context& context) {
        context.progress(1, 2);
        at->wait(context);
        return std::string("told");
    });
    out.add("echo", "Gives it back", [](haft::arg<"text", std::string> text) { return *text; });
    out.add("log", "Logs it", [](haft::arg<"text", std::string> text, haft::call_context& context) {
        context.log(haft::log_level::error, *text);
        return std::string("logged");
    });
    out.add("flood", "Tells much", [](haft::arg<"pieces", int> pieces, haft::call_context& context) {
        for (int i = 0; i < *pieces && !context.stop_requested(); ++i) {
            context.log(haft::log_level::error, std::string(10'000, 'x'));
            if (i % 50 == 49) std::this_thread::sleep_for(5ms);
        }
        return std::string("flooded");
    });
    return out;
}
constexpr std::string_view token = R"(,"_meta":{"progressToken":"p"})";
constexpr const char* takes_events = "Accept: text/event-stream\r\n";
std::string last_id(const http_response& of) {
    const std::size_t at = of.body.rfind("id: ");
    return at == std::string::npos ? "" : of.body.substr(at + 4, of.body.find('\n', at) - at - 4);
}

}  // namespace

TEST_CASE("what comes before an answer makes it a stream, and so does time", "[mcp_http][IO-05]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.stream_after = 1ms;
    options.retry_time = 123ms;
    http_fixture server(tools(at), options);
    http_client client(server.port()), other(server.port());
    const std::string session = begin_session(client);
    client.send_post(call(1, "tell", "{}", token), session);
    http_response told = client.read_head();
    CHECK(told.status == 200);
    CHECK(told.header("content-type") == "text/event-stream");
    CHECK(told.header("cache-control") == "no-cache");
    CHECK(told.header("x-accel-buffering") == "no");
    REQUIRE(client.read_until(told, "notifications/progress"));
    CHECK(told.body.starts_with("id: 2-0\nretry: 123\ndata: \n\nid: 2-1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\""));
    other.send_post(call(2, "wait"), session);
    http_response waits = other.read_head();
    CHECK(waits.header("content-type") == "text/event-stream");
    at->open = true;
    CHECK_FALSE(client.read_until(told, "nothing more"));
    CHECK(told.whole);
    CHECK(told.has("id: 2-2\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\""));
    CHECK_FALSE(other.read_until(waits, "nothing more"));
    CHECK(waits.has("\"id\":2,\"result\""));
    CHECK(client.post(call(3, "echo", R"({"text":"again"})"), session).has("again"));  // the connection is as good as before
}

TEST_CASE("clients before 2025-11-25 are sent no event without data", "[mcp_http]") {
    const auto at = std::make_shared<gate>();
    at->open = true;
    http_fixture server(tools(at));
    http_client client(server.port());
    const std::string session = begin_session(client, "", "2025-06-18");
    CHECK(client.post(call(1, "tell", "{}", token), session).body.starts_with("id: 2-1\ndata: {"));
}

TEST_CASE("text of a tool is data of one event, whatever it holds", "[mcp_http][fault-139]") {
    http_fixture server(tools(std::make_shared<gate>()));
    http_client client(server.port());
    const std::string session = begin_session(client);
    const http_response told = client.post(call(1, "log", R"({"text":"a\n\ndata: {}\r\rid: 9-9\n\r\nevent: x\u2028y"})"), session);
    CHECK(told.has(R"("data":"a\n\ndata: {}\r\rid: 9-9\n\r\nevent: x)"));
    std::size_t events = 0, lines = 0;
    for (std::size_t i = 0; (i = told.body.find("\n\n", i)) != std::string::npos; i += 2) ++events;
    for (const char c : told.body) lines += c == '\n';
    CHECK(events == 3);       // the first one, the message, the answer
    CHECK(lines == 3 * 3 + 1);  // id, data, and the end; one has a retry
    CHECK(told.body.find('\r') == std::string::npos);
}

TEST_CASE("whose client goes for good is asked to stop", "[mcp_http][fault-129]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.threads = 2;
    options.resume_time = 300ms;
    http_fixture server(tools(at), options);
    auto client = std::make_unique<http_client>(server.port());
    const std::string session = begin_session(*client);
    SECTION("at once, when it was never told how to come back") {
        client->send_post(call(1, "wait"), session);
        at->wait_for(at->inside, 1);
        client.reset();
        at->wait_for(at->stopped, 1);
    }
    SECTION("when it has not come back in time") {
        client->send_post(call(1, "tell", "{}", token), session);
        http_response told = client->read_head();
        REQUIRE(client->read_until(told, "progress"));
        client.reset();
        at->wait_for(at->stopped, 1);
    }
    SECTION("when its session is ended") {
        client->send_post(call(1, "tell", "{}", token), session);
        http_response told = client->read_head();
        REQUIRE(client->read_until(told, "progress"));
        http_client other(server.port());
        CHECK(other.ask("DELETE", session).status == 200);
        CHECK_FALSE(client->read_until(told, "result"));
        CHECK(told.whole);
        at->wait_for(at->stopped, 1);
    }
    SECTION("when it says so") {
        client->send_post(call(1, "tell", "{}", token), session);
        http_response told = client->read_head();
        http_client other(server.port());
        CHECK(other.post(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})", session).status == 202);
        at->wait_for(at->stopped, 1);
        CHECK_FALSE(client->read_until(told, "result"));
        CHECK(told.whole);
    }
    at->open = true;
    http_client next(server.port());
    CHECK(next.post(haft_test::initialize()).status == 200);
}

TEST_CASE("a client that comes back gets what it missed, of its own", "[mcp_http][fault-137]") {
    const auto at = std::make_shared<gate>();
    http_fixture server(tools(at));
    auto client = std::make_unique<http_client>(server.port());
    const std::string session = begin_session(*client);
    client->send_post(call(1, "tell", "{}", token), session);
    http_response told = client->read_head();
    REQUIRE(client->read_until(told, "progress"));
    const std::string id = last_id(told);
    CHECK(id == "2-1");
    client.reset();

    http_client thief(server.port());
    const std::string other = begin_session(thief);
    const auto with = [&](const std::string& whose, const std::string& last) {
        http_client one(server.port());
        return one.ask("GET", whose + takes_events + "Last-Event-ID: " + last + "\r\n");
    };
    CHECK(with(other, id).status == 400);  // in another session there is no such stream
    for (const std::string forged : {"99-0", "2-99", "2", "", "0-7", "18446744073709551615-18446744073709551615"})
        CHECK(with(session, forged).status == 400);
    CHECK(with("Mcp-Session-Id: 00000000000000000000000000000000\r\n", id).status == 404);
    CHECK(at->stopped == 0);

    http_client back(server.port());
    back.send(http_client::text("GET", back.host(), session + takes_events + "Last-Event-ID: " + id + "\r\n", ""));
    http_response rest = back.read_head();
    CHECK(rest.status == 200);
    at->open = true;
    CHECK_FALSE(back.read_until(rest, "nothing more"));
    CHECK(rest.whole);
    CHECK(rest.has("id: 2-2\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\""));
    CHECK_FALSE(rest.has("progress"));
    CHECK(with(session, "2-0").has("progress"));  // and once more from the beginning, when all is over
    CHECK(with(session, "2-0").has("\"id\":1,\"result\""));
}

TEST_CASE("a stream may be closed while its call goes on, and its client polls", "[mcp_http][fault-137]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.stream_after = 1ms;
    options.poll_after = 100ms;
    http_fixture server(tools(at), options);
    http_client client(server.port());
    const std::string session = begin_session(client);
    http_response told = client.post(call(1, "wait"), session);
    CHECK(told.whole);  // the connection is free again
    CHECK(told.body == "id: 2-0\nretry: 1000\ndata: \n\n");
    const auto poll = [&](std::string_view last) {
        return client.ask("GET", session + takes_events + "Last-Event-ID: " + std::string(last) + "\r\n");
    };
    CHECK(poll("2-0").body == "id: 2-0\nretry: 1000\ndata: \n\n");
    CHECK(at->stopped == 0);
    at->open = true;
    for (int i = 0; i < 100 && !told.has("waited"); ++i) told = poll("2-0");
    CHECK(told.has("id: 2-1\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\""));
}

TEST_CASE("what is kept for those who come back is bounded", "[mcp_http][fault-137]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.max_replay_bytes = 50'000;
    options.max_unsent_bytes = 10u << 20;
    http_fixture server(tools(at), options);
    http_client client(server.port());
    const std::string session = begin_session(client);
    CHECK(client.post(call(1, "flood", R"({"pieces":20})"), session).has("flooded"));
    CHECK(client.ask("GET", session + takes_events + "Last-Event-ID: 2-1\r\n").status == 400);  // long forgotten
    CHECK(client.post(call(2, "log", R"({"text":"short"})"), session).has("logged"));
    CHECK(client.ask("GET", session + takes_events + "Last-Event-ID: 3-1\r\n").has("logged"));
}

TEST_CASE("sessions are for who began them, and end", "[mcp_http][fault-133]") {
    haft::mcp::http_options options;
    options.authenticate = [](std::string_view given) -> std::optional<std::string> {
        if (given == "a-token") return "Anna";
        if (given == "b-token") return "Bert";
        return {};
    };
    options.max_sessions = 3;
    http_fixture server(tools(std::make_shared<gate>()), options);
    http_client client(server.port());
    const std::string anna = "Authorization: Bearer a-token\r\n", bert = "Authorization: Bearer b-token\r\n";
    const std::string session = begin_session(client, anna);
    const std::string id = session.substr(0, session.find("Authorization"));
    const std::string echo = call(1, "echo", R"({"text":"hi"})");
    CHECK(client.post(echo, anna).status == 400);                                                  // absent
    CHECK(client.post(echo, anna + "Mcp-Session-Id: 0123456789abcdef0123456789abcdef\r\n").status == 404);  // guessed
    CHECK(client.post(echo, anna + "Mcp-Session-Id: x\r\n").status == 404);
    CHECK(client.post(echo, id + bert).status == 404);  // another's
    CHECK(client.ask("DELETE", id + bert).status == 404);
    CHECK(client.ask("GET", id + bert + takes_events).status == 404);
    CHECK(http_client(server.port()).post(echo, id + "Authorization: Bearer c-token\r\n").status == 401);
    CHECK(client.post(echo, session).status == 200);
    CHECK(client.post(haft_test::initialize(), session).has("it comes once"));
    CHECK(http_client(server.port()).post(echo, "Mcp-Session-Id: x\r\nMcp-Session-Id: y\r\n" + anna).status == 400);
    CHECK(client.post(echo, "MCP-Protocol-Version: 1999-01-01\r\n" + id.substr(0, id.find("MCP-")) + anna).status == 400);

    CHECK(client.post(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{}})", anna).header("mcp-session-id").empty());
    begin_session(client, bert);
    const std::string third = begin_session(client, bert);
    const http_response full = client.post(haft_test::initialize(), anna);
    CHECK(full.status == 503);
    CHECK(full.header("retry-after") == "60");
    CHECK(client.ask("DELETE", third).status == 200);
    CHECK(client.post(echo, third).status == 404);  // deleted
    CHECK(client.ask("DELETE", third).status == 404);
    begin_session(client, anna);
}

TEST_CASE("clients that begin and are never heard of again leave nothing, and take nobody's place", "[mcp_http][fault-144]") {
    haft::mcp::http_options options;
    options.max_sessions = 20;
    options.spare_time = 0ms;
    http_fixture server(tools(std::make_shared<gate>()), options);
    http_client listening(server.port());
    const std::string used = begin_session(listening);
    listening.send(http_client::text("GET", listening.host(), used + takes_events, ""));
    CHECK(listening.read_head().status == 200);

    std::string last;
    std::size_t before = 0;
    for (int i = 0; i < 1000; ++i) {
        {
            http_client client(server.port());
            last = begin_session(client);
            client.reset();
        }
        if (i == 100) before = open_descriptors();
    }
    CHECK(server.server.sessions() == 20);
    http_client client(server.port());
    CHECK(client.post(call(1, "echo", R"({"text":"hi"})"), last).status == 200);
    CHECK(client.post(call(1, "echo", R"({"text":"hi"})"), used).status == 200);  // the oldest, but in use
    for (int i = 0; i < 100 && open_descriptors() > before + 8; ++i) std::this_thread::sleep_for(20ms);
    CHECK(open_descriptors() <= before + 8);  // clients of which the server has not heard yet
}

TEST_CASE("a session that nobody uses expires, one with an open stream does not", "[mcp_http][fault-133][fault-161]") {
    haft::mcp::http_options options;
    options.session_time = 300ms;
    http_fixture server(tools(std::make_shared<gate>()), options);
    http_client client(server.port()), listening(server.port());
    const std::string idle = begin_session(client), used = begin_session(client);
    listening.send(http_client::text("GET", listening.host(), used + takes_events, ""));
    CHECK(listening.read_head().status == 200);
    while (server.server.sessions() > 1) std::this_thread::sleep_for(20ms);
    CHECK(client.post(call(1, "echo", R"({"text":"hi"})"), idle).status == 404);
    CHECK(client.post(call(1, "echo", R"({"text":"hi"})"), used).status == 200);
}

TEST_CASE("a client that takes nothing is given up, and nobody else waits for it", "[mcp_http][fault-127]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.threads = 2;
    options.max_unsent_bytes = 100'000;
    options.max_replay_bytes = 100'000;
    options.resume_time = 300ms;
    http_fixture server(tools(at), options);
    http_client slow(server.port(), 4096), other(server.port());
    const std::string session = begin_session(slow);
    slow.send_post(call(1, "flood", R"({"pieces":3000})"), session);  // 30 MB
    http_response taken = slow.read_head();
    CHECK(taken.status == 200);
    const std::string own = begin_session(other);
    for (int i = 0; i < 50; ++i) CHECK(other.post(call(i, "echo", R"({"text":"hi"})"), own).status == 200);
    while (server.server.connections() > 1) std::this_thread::sleep_for(20ms);
    CHECK_FALSE(slow.read_until(taken, "flooded"));
    CHECK(taken.body.size() < 20'000'000);
}

TEST_CASE("requests that come too slowly are given up", "[mcp_http][fault-128]") {
    haft::mcp::http_options options;
    options.head_time = 300ms;
    options.body_time = 300ms;
    options.idle_time = 300ms;
    http_fixture server(tools(std::make_shared<gate>()), options);
    SECTION("a head byte by byte") {
        http_client client(server.port());
        const std::string head = "POST /mcp HTTP/1.1\r\nHost: " + client.host() + "\r\nX: " + std::string(1000, 'x');
        std::size_t sent = 0;
        while (sent < head.size() && client.send(head.substr(sent, 1)) && client.is_quiet_for(10)) ++sent;
        CHECK(sent < 100);
        CHECK(client.read().status == 408);
    }
    SECTION("a body that does not come") {
        http_client client(server.port());
        client.send("POST /mcp HTTP/1.1\r\nHost: " + client.host() + "\r\n" + http_client::usual + "Content-Length: 1000\r\n\r\n{");
        CHECK(client.read().status == 408);
        CHECK(client.ends());
    }
    SECTION("nothing at all") {
        http_client client(server.port());
        CHECK(client.ends());
    }
    SECTION("nothing after a request") {
        http_client client(server.port());
        CHECK(client.post(haft_test::initialize()).status == 200);
        CHECK(client.ends());
    }
    while (server.server.connections() > 0) std::this_thread::sleep_for(20ms);
}

TEST_CASE("more calls than may be worked off at once are refused, and served later", "[mcp_http][fault-136]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.max_requests = 100;
    options.stream_after = 1h;
    http_fixture server(tools(at), options);
    http_client first(server.port());
    const std::string session = begin_session(first);
    std::vector<std::unique_ptr<http_client>> clients;
    int refused = 0;
    for (int i = 0; i < 1000; ++i) {
        auto one = std::make_unique<http_client>(server.port());
        one->send_post(call(i + 1, "wait"), session);
        if (i < 100) {
            clients.push_back(std::move(one));
            if (i == 99) CHECK(first.ask("DELETE", "Mcp-Session-Id: x\r\n").status == 404);  // all before were taken in
        } else {
            const http_response answer = one->read();
            refused += answer.status == 429;
            if (i == 999) CHECK(answer.header("retry-after") == "1");
        }
    }
    CHECK(refused == 900);
    at->open = true;
    for (const auto& one : clients) CHECK(one->read().has("waited"));
    CHECK(first.post(call(5000, "echo", R"({"text":"hi"})"), session).status == 200);
}

TEST_CASE("more connections than may be there are refused", "[mcp_http][fault-136]") {
    haft::mcp::http_options options;
    options.max_connections = 20;
    http_fixture server(tools(std::make_shared<gate>()), options);
    std::vector<std::unique_ptr<http_client>> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(std::make_unique<http_client>(server.port()));
        CHECK(clients.back()->ask("DELETE").status == 400);
    }
    http_client more(server.port());
    const http_response full = more.read();
    CHECK(full.status == 503);
    CHECK(full.header("retry-after") == "1");
    CHECK(more.ends());
    clients.pop_back();
    while (server.server.connections() > 19) std::this_thread::sleep_for(10ms);
    http_client next(server.port());
    CHECK(next.ask("DELETE").status == 400);
}

TEST_CASE("streams that stay open are counted", "[mcp_http][fault-138]") {
    haft::mcp::http_options options;
    options.max_streams = 2;
    http_fixture server(tools(std::make_shared<gate>()), options);
    std::vector<std::unique_ptr<http_client>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<http_client>(server.port()));
        const std::string session = begin_session(*clients.back());
        clients.back()->send(http_client::text("GET", clients.back()->host(), session + takes_events, ""));
        CHECK(clients.back()->read_head().status == (i < 2 ? 200 : 429));
    }
}

TEST_CASE("a stream with nothing to tell shows that it is alive; who opens it again has it from then on", "[mcp_http]") {
    haft::mcp::http_options options;
    options.comment_time = 1ms;
    http_fixture server(tools(std::make_shared<gate>()), options);
    http_client client(server.port()), again(server.port());
    const std::string session = begin_session(client);
    client.send(http_client::text("GET", client.host(), session + takes_events, ""));
    http_response stream = client.read_head();
    CHECK(client.read_until(stream, "\n\n:\n\n:\n\n"));
    again.send(http_client::text("GET", again.host(), session + takes_events, ""));
    CHECK(again.read_head().status == 200);
    CHECK_FALSE(client.read_until(stream, "nothing more"));
    CHECK(stream.whole);
}
