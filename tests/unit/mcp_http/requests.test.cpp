// SPDX-License-Identifier: BSL-1.0
// Which requests are served, and what the others are told. Each test has a server on a std::thread of its own.
#include <haft/mcp/transport/http.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <support/http_talk.hpp>

using haft_test::call;
using haft_test::http_client;
using haft_test::http_fixture;
using haft_test::http_response;

namespace {

std::string echo(haft::arg<"text", std::string> text) { return *text; }
haft::toolset tools() { return {haft::make<&echo>("Give it back")}; }

int status_of(const http_fixture& server, std::string_view request) {
    http_client client(server.port());
    client.send(request);
    return client.read().status;
}

}  // namespace

TEST_CASE("a call over HTTP is answered by JSON, and its connection is used again", "[mcp_http][IO-05]") {
    http_fixture server(tools());
    http_client client(server.port());
    const http_response begun = client.post(haft_test::initialize());
    CHECK(begun.header("content-type") == "application/json");
    CHECK(begun.has(R"("protocolVersion":"2025-11-25")"));
    const std::string session = "Mcp-Session-Id: " + begun.header("mcp-session-id") + "\r\n";
    const http_response told = client.post(R"({"jsonrpc":"2.0","method":"notifications/initialized"})", session);
    CHECK(told.status == 202);
    CHECK(told.body.empty());
    const http_response answered = client.post(call(1, "echo", R"({"text":"hi"})"), session);
    CHECK(answered.status == 200);
    CHECK(answered.header("content-type") == "application/json");
    CHECK(answered.body == R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"hi"}],"isError":false}})");
    CHECK(answered.header("mcp-session-id").empty());
    const http_response unknown = client.post(call(2, "none"), session);
    CHECK(unknown.status == 200);
    CHECK(unknown.has("-32602"));
    const http_response broken = client.post("{", session);
    CHECK(broken.status == 400);
    CHECK(broken.has("-32700"));
    CHECK(server.server.connections() == 1);
}

TEST_CASE("requests that come at once on one connection are answered in their order", "[mcp_http]") {
    http_fixture server(tools());
    http_client client(server.port());
    const std::string session = haft_test::begin_session(client);
    std::string all;
    for (int i = 1; i <= 20; ++i)
        all += http_client::text("POST", client.host(), std::string(http_client::usual) + session,
                                 call(i, "echo", "{\"text\":\"" + std::to_string(i) + "\"}"));
    client.send(all);
    for (int i = 1; i <= 20; ++i) CHECK(client.read().has("\"id\":" + std::to_string(i) + ",\"result\""));
}

TEST_CASE("batches are answered as one, in the revision that has them", "[mcp_http][fault-119]") {
    haft::mcp::http_options options;
    options.threads = 0;
    http_fixture server(tools(), options);
    http_client client(server.port());
    const std::string old = haft_test::begin_session(client, "", "2025-03-26");
    const std::string batch = "[" + call(1, "echo", R"({"text":"a"})") + "," + call(2, "echo", R"({"text":"b"})") + "]";
    const http_response both = client.post(batch, old);
    CHECK(both.status == 200);
    CHECK(both.body.front() == '[');
    CHECK(both.has("\"id\":2,\"result\""));
    const std::string session = haft_test::begin_session(client);
    CHECK(client.post(batch, session).has("-32600"));
}

TEST_CASE("bodies may come in chunks, with an Expect, or with an older HTTP", "[mcp_http]") {
    http_fixture server(tools());
    http_client client(server.port());
    const std::string head = "POST /mcp HTTP/1.1\r\nHost: " + client.host() + "\r\n" + http_client::usual;
    const std::string body = haft_test::initialize();
    const auto hex = [](std::size_t n) {
        std::string out;
        for (; n; n /= 16) out.insert(out.begin(), "0123456789abcdef"[n % 16]);
        return out;
    };
    client.send(head + "Transfer-Encoding: chunked\r\n\r\n5\r\n" + body.substr(0, 5) + "\r\n" + hex(body.size() - 5) + ";a=b\r\n" +
                body.substr(5) + "\r\n0\r\n\r\n");
    CHECK(client.read().status == 200);

    client.send(head + "Expect: 100-continue\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
    CHECK(client.read_some() == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send(body);
    CHECK(client.read().status == 200);

    client.send("POST /mcp HTTP/1.0\r\nHost: " + client.host() + "\r\n" + http_client::usual + "Content-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body);
    CHECK(client.read().status == 200);
    CHECK(client.ends());
}

TEST_CASE("a request for another host, or from another page, is refused", "[mcp_http][fault-131]") {
    http_fixture server(tools());
    const std::string own = "127.0.0.1:" + std::to_string(server.port());
    const auto with = [&](std::string_view host, std::string_view headers = "") {
        return status_of(server, http_client::text("POST", host, std::string(http_client::usual).append(headers), haft_test::initialize()));
    };
    CHECK(with(own) == 200);  // no Origin: the Host decides
    CHECK(with("LOCALHOST:" + std::to_string(server.port())) == 200);
    CHECK(with("[::1]:" + std::to_string(server.port())) == 200);
    for (const std::string_view host : {"evil.com", "localhost", "127.0.0.1:1", "localhost.evil.com", "[::1]"}) CHECK(with(host) == 403);
    CHECK(with(own, "Origin: http://" + own + "\r\n") == 200);
    CHECK(with(own, "Origin: HTTP://" + own + "\r\n") == 200);
    for (const std::string_view origin : {"null", "http://evil.com", "http://localhost.evil.com", "HTTP://EVIL.COM", "http://localhost:1",
                                          "http://localhost", "http://[::1]", ""})
        CHECK(with(own, "Origin: " + std::string(origin) + "\r\n") == 403);
    CHECK(status_of(server, "POST /mcp HTTP/1.1\r\n" + std::string(http_client::usual) + "Content-Length: 0\r\n\r\n") == 400);
    CHECK(with(own, "Host: " + own + "\r\n") == 400);  // twice
    CHECK(with(own, "Origin: http://" + own + "\r\nOrigin: http://evil.com\r\n") == 400);

    http_client client(server.port());  // what is refused is a JSON-RPC error without an id
    client.send(http_client::text("GET", "evil.com", "", ""));
    const http_response refused = client.read();
    CHECK(refused.header("content-type") == "application/json");
    CHECK(refused.body.starts_with(R"({"jsonrpc":"2.0","error":{"code":-32000,"message":"the request is for the host \"evil.com\", which this server is not)"));
}

TEST_CASE("a browser lets pages call that may, and no others", "[mcp_http][IO-05][fault-131]") {
    haft::mcp::http_options options;
    options.origins = {"https://app.example"};
    options.token = "s3cret";
    http_fixture server(haft::toolset(), options);
    const auto ask = [&](std::string_view method, std::string_view origin, std::string_view more, std::string_view target = "/mcp") {
        http_client client(server.port());
        return client.ask(method, (origin.empty() ? "" : "Origin: " + std::string(origin) + "\r\n") + std::string(more), target);
    };
    const std::string asks = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization, content-type,mcp-session-id, "
                             "Mcp-Param-Region, x-evil, last-event-id\r\n";
    const http_response fine = ask("OPTIONS", "https://app.example", asks);  // without the token: browsers do not show it here
    CHECK(fine.status == 200);
    CHECK(fine.body.empty());
    CHECK(fine.header("access-control-allow-origin") == "https://app.example");
    CHECK(fine.header("access-control-allow-methods") == "POST, GET, DELETE");
    CHECK(fine.header("access-control-allow-headers") == "authorization, content-type, mcp-session-id, mcp-param-region, last-event-id");
    CHECK(fine.header("access-control-allow-credentials").empty());
    CHECK(fine.header("vary") == "Origin");
    CHECK(fine.header("connection").empty());  // the request itself comes over the same connection

    const http_response refused = ask("DELETE", "https://app.example", "");
    CHECK(refused.status == 401);  // which the page may read
    CHECK(refused.header("access-control-allow-origin") == "https://app.example");
    CHECK(refused.header("access-control-expose-headers").find("Mcp-Session-Id") != std::string::npos);

    for (const std::string_view page : {"https://app.example.evil.com", "http://app.example", "null", "https://app.example:444"}) {
        const http_response none = ask("OPTIONS", page, asks);
        CHECK(none.status == 403);
        CHECK(none.header("access-control-allow-origin").empty());
    }
    CHECK(ask("OPTIONS", "https://app.example", asks, "/other").status == 404);
    CHECK(ask("OPTIONS", "", asks).status == 405);
    CHECK(ask("OPTIONS", "https://app.example", "").status == 405);
    CHECK(ask("DELETE", "", "Authorization: Bearer s3cret\r\n").header("access-control-allow-origin").empty());

    http_client both(server.port());  // what one request's page may read the next one's may not
    CHECK(both.ask("OPTIONS", "Origin: https://app.example\r\n" + asks).status == 200);
    const http_response next = both.ask("OPTIONS", "Origin: https://evil.example\r\n" + asks);
    CHECK(next.status == 403);
    CHECK(next.header("access-control-allow-origin").empty());
}

TEST_CASE("methods, paths and media types that are none of MCP's are refused", "[mcp_http][fault-132]") {
    http_fixture server(tools());
    http_client client(server.port());
    const std::string body = haft_test::initialize();
    const auto with = [&](std::string_view method, std::string_view headers, std::string_view target = "/mcp") {
        return status_of(server, http_client::text(method, client.host(), headers, method == "POST" ? body : "", target));
    };
    const std::string type = "Content-Type: application/json\r\n", accept = "Accept: application/json, text/event-stream\r\n";
    for (const std::string_view method : {"PUT", "OPTIONS", "PATCH", "HEAD", "TRACE"}) CHECK(with(method, type + accept) == 405);
    CHECK(client.ask("PUT").header("allow") == "POST, GET, DELETE");
    for (const std::string_view path : {"/", "/mcp/", "/mcpx", "/MCP", "/x/../mcp", "*", "/%6dcp"}) CHECK(with("POST", type + accept, path) == 404);
    CHECK(with("POST", type + accept, "/mcp?x=y") == 200);
    const std::string own = "http://" + client.host();  // as a proxy is asked: its host counts, not the header's
    CHECK(with("POST", type + accept, own + "/mcp") == 200);
    CHECK(with("POST", type + accept, "HTTP://" + client.host() + "/mcp?x=y") == 200);
    CHECK(with("POST", type + accept, own) == 404);
    CHECK(with("POST", type + accept, own + "/other") == 404);
    CHECK(with("POST", type + accept, own + "@evil.com/mcp") == 403);
    CHECK(with("POST", type + accept, "http://evil.com/mcp") == 403);
    CHECK(status_of(server, http_client::text("POST", "evil.com", type + accept, body, own + "/mcp")) == 200);
    CHECK(with("POST", accept) == 415);
    for (const std::string_view other : {"text/plain", "text/plain;application/json", "application/x-www-form-urlencoded", "multipart/form-data"})
        CHECK(with("POST", accept + "Content-Type: " + std::string(other) + "\r\n") == 415);
    CHECK(with("POST", type + accept + "Content-Type: text/plain\r\n") == 400);
    CHECK(with("POST", type) == 406);
    CHECK(with("POST", type + "Accept: application/json\r\n") == 406);
    CHECK(with("POST", type + "Accept: text/event-stream\r\n") == 406);
    CHECK(with("POST", type + "Accept: */*\r\n") == 200);
    CHECK(with("GET", "Accept: application/json\r\n") == 406);
    CHECK(with("GET", "Accept: text/event-stream\r\n") == 400);  // no session
}

TEST_CASE("whoever shares out requests may ask how the server is, and learns nothing else", "[mcp_http][IO-05]") {
    haft::mcp::http_options options;
    options.token = "a-token";
    const std::string old = "GET /health HTTP/1.0\r\n\r\n";  // as load balancers ask that know no host
    {
        http_fixture server(tools(), options);
        http_client client(server.port());
        const http_response well = client.ask("GET", "", "/health");
        CHECK(well.status == 200);
        CHECK(well.body == "serving\n");
        CHECK(well.header("cache-control") == "no-store");
        CHECK(well.header("connection").empty());
        CHECK(client.ask("GET", "", "/health?x=y").status == 200);
        CHECK(status_of(server, old) == 200);
        CHECK(status_of(server, http_client::text("GET", "10.0.0.7:8000", "", "", "/health")) == 200);
        client.send("HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        const http_response head = client.read_head();
        CHECK(head.status == 200);
        CHECK(head.header("content-length") == "8");
        CHECK(client.ends());
        CHECK(status_of(server, http_client::text("POST", "x", "", "", "/health")) == 405);
        CHECK(status_of(server, http_client::text("GET", "x", "", "{}", "/health")) == 400);
        CHECK(status_of(server, http_client::text("GET", "x", "Transfer-Encoding: chunked\r\n", "", "/health")) == 400);
        CHECK(status_of(server, http_client::text("GET", client.host(), "", "", "/health/")) == 404);
    }
    for (const char* none : {"", "/mcp"}) {
        options.health_path = none;
        http_fixture server(tools(), options);
        CHECK(status_of(server, old) == 400);  // without a host
        CHECK(status_of(server, http_client::text("GET", "127.0.0.1:" + std::to_string(server.port()), "", "", "/mcp")) == 401);
    }
}

TEST_CASE("who has no token, or another, is not served", "[mcp_http][fault-135]") {
    haft::mcp::http_options options;
    options.token = "the-token";
    std::string told;
    options.on_listening = [&](const std::string& url) { told = url; };
    http_fixture server(tools(), options);
    CHECK(told == "http://127.0.0.1:" + std::to_string(server.port()) + "/mcp");
    http_client client(server.port());
    const auto with = [&](std::string_view headers, std::string_view target = "/mcp") {
        http_client one(server.port());
        one.send(http_client::text("POST", one.host(), std::string(http_client::usual).append(headers), haft_test::initialize(), target));
        return one.read();
    };
    CHECK(with("Authorization: Bearer the-token\r\n").status == 200);
    CHECK(with("authorization: bearer the-token\r\n").status == 200);
    const http_response none = with("");
    CHECK(none.status == 401);
    CHECK(none.header("www-authenticate") == "Bearer");
    CHECK(with("", "/mcp?access_token=the-token").status == 401);
    CHECK(with("Cookie: token=the-token\r\n").status == 401);
    for (const std::string_view wrong : {"the-token2", "the-toke", "The-token", "x"}) {
        const http_response refused = with("Authorization: Bearer " + std::string(wrong) + "\r\n");
        CHECK(refused.status == 401);
        CHECK(refused.header("www-authenticate") == "Bearer error=\"invalid_token\"");
        CHECK_FALSE(refused.has("token2"));
        CHECK_FALSE(refused.has("the-token"));
    }
    CHECK(with("Authorization: Basic the-token\r\n").status == 401);
    CHECK(with("Authorization: Bearer the-token\r\nAuthorization: Bearer x\r\n").status == 400);
    const std::string session = haft_test::begin_session(client, "Authorization: Bearer the-token\r\n");
    CHECK(client.post(call(1, "echo", R"({"text":"hi"})"), session).status == 200);
    const std::string without = session.substr(0, session.find("Authorization"));
    CHECK(client.ask("DELETE", without).status == 401);  // a session alone is no leave
}

TEST_CASE("what is thrown for one client is nobody else's loss", "[mcp_http]") {
    haft::mcp::http_options options;
    options.authenticate = [](std::string_view given) -> std::optional<std::string> {
        if (given == "bad") throw std::runtime_error("no database");
        return std::string(given);
    };
    http_fixture server(tools(), options);
    http_client bad(server.port()), good(server.port());
    CHECK(bad.post(haft_test::initialize(), "Authorization: Bearer bad\r\n").status == 0);
    CHECK(good.post(haft_test::initialize(), "Authorization: Bearer good\r\n").status == 200);
}

TEST_CASE("what is no HTTP, or too much of it, is refused, and the connection is closed", "[mcp_http][fault-128]") {
    haft::mcp::http_options options;
    options.max_head_bytes = 8192;
    options.server.max_frame_bytes = 100'000;
    http_fixture server(tools(), options);
    const auto with = [&](std::string_view request) {
        http_client client(server.port());
        client.send(request);
        const int status = client.read().status;
        CHECK(client.ends());
        return status;
    };
    const std::string head = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n" + http_client::usual;
    CHECK(with(head + "X: " + std::string(64u << 10, 'x') + "\r\n\r\n") == 431);
    CHECK(with("GET /" + std::string(64u << 10, 'x')) == 431);
    CHECK(with(head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
    CHECK(with(head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n") == 400);
    CHECK(with(head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n") == 400);
    CHECK(with(head + "Content-Length: -1\r\n\r\n") == 400);
    CHECK(with(head + "Content-Length: 99999999999999999999999\r\n\r\n") == 400);
    CHECK(with(head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n") == 400);
    CHECK(with(head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n") == 400);
    CHECK(with(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx\r\n0\r\n\r\n") == 400);
    CHECK(with(head + "X y: z\r\n\r\n") == 400);
    CHECK(with("\x16\x03\x01\x02 this is TLS\r\n\r\n") == 400);
    CHECK(with("GET /mcp HTTP/9.9\r\n\r\n") == 400);
    CHECK(with(head + "Content-Length: 100001\r\n\r\n") == 413);
    CHECK(with(head + "Transfer-Encoding: chunked\r\n\r\n186a1\r\n" + std::string(100'001, ' ')) == 413);
    const std::string body = haft_test::initialize();
    const std::string whole = body + std::string(100'000 - body.size(), ' ');
    http_client client(server.port());
    CHECK(client.post(whole).status == 200);  // as long as it may be
    CHECK(client.post("").status == 400);
}

TEST_CASE("what stands between the chunks of a body is bounded, too", "[mcp_http][fault-128]") {
    haft::mcp::http_options options;
    options.max_head_bytes = 8192;
    http_fixture server(tools(), options);
    const std::string head = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n" + http_client::usual +
                             "Transfer-Encoding: chunked\r\n\r\n";
    for (const std::string_view begin : {"5;a=", "2\r\n{}\r\n5;a=", "0\r\nX: "}) {
        http_client client(server.port());
        std::size_t sent = 0;
        client.send(head + std::string(begin));
        while (sent < (16u << 20) && client.is_quiet_for(0) && client.send(std::string(4096, 'x'))) sent += 4096;
        CHECK(sent < (16u << 20));
        CHECK(client.read().status == 431);
    }
    http_client client(server.port());
    const std::string body = haft_test::initialize();
    client.send(head);
    for (const char c : body) client.send("1;a=" + std::string(100, 'b') + "\r\n" + c + "\r\n");  // all of them together may be longer
    client.send("0\r\nX: y\r\n\r\n");
    CHECK(client.read().status == 200);
}

TEST_CASE("a tool written by hand that throws ends no server", "[mcp_http]") {
    haft::tool t;
    t.name = "by_hand";
    t.input_schema = R"({"type":"object"})";
    t.execute = [](const void*, std::string_view, haft::call_context&, haft::result_writer&) { throw std::runtime_error("by hand"); };
    http_fixture server(haft::toolset{t});
    http_client client(server.port());
    const std::string session = haft_test::begin_session(client);
    CHECK(client.post(call(1, "by_hand"), session).has("Error: by hand"));
    CHECK(client.post(call(2, "by_hand"), session).status == 200);
}
