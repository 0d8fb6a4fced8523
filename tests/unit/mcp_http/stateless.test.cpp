// SPDX-License-Identifier: BSL-1.0
// Requests that stand for themselves (2026-07-28), and what changes while clients listen. Each test has a server on a std::thread of its
// own.
#include <haft/mcp/offer/live_offer.hpp>
#include <haft/mcp/transport/http.hpp>
#include <haft/tool.hpp>
#include <haft/tool/ask.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <support/gate.hpp>
#include <support/http_talk.hpp>

using namespace std::chrono_literals;
using haft_test::add_wait;
using haft_test::gate;
using haft_test::headers_2026;
using haft_test::http_client;
using haft_test::http_fixture;
using haft_test::http_response;

namespace {

haft::toolset tools(const std::shared_ptr<gate>& at) {
    haft::toolset out;
    add_wait(out, at, true);
    out.add("echo", "Gives it back", [](haft::arg<"text", std::string> text) { return *text; });
    out.add("roots", "Asks", [](haft::call_context& context) -> haft::result<std::string> {
        const auto roots = context.roots();
        if (!roots) return roots.error();
        return std::string("asked");
    });
    return out;
}
std::string request(std::string_view id, std::string_view method, std::string_view params = "") {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + std::string(id) + ",\"method\":\"" + std::string(method) + "\",\"params\":{" + haft_test::meta_2026() +
           std::string(params) + "}}";
}
std::string call(std::string_view id, std::string_view tool, std::string_view arguments = "{}") {
    return request(id, "tools/call", ",\"name\":\"" + std::string(tool) + "\",\"arguments\":" + std::string(arguments));
}

}  // namespace

TEST_CASE("a request that stands for itself needs no session", "[mcp_http][IO-05]") {
    http_fixture server(tools(std::make_shared<gate>()));
    http_client client(server.port());
    const http_response found = client.post(request("1", "server/discover"), headers_2026("server/discover"));
    CHECK(found.status == 200);
    CHECK(found.has(R"("supportedVersions":["2026-07-28"])"));
    CHECK(found.header("mcp-session-id").empty());
    const http_response echoed = client.post(call("\"a\"", "echo", R"({"text":"hi"})"), headers_2026("tools/call", "echo"));
    CHECK(echoed.status == 200);
    CHECK(echoed.header("content-type") == "application/json");
    CHECK(echoed.has(R"({"jsonrpc":"2.0","id":"a","result":{"resultType":"complete")"));
    CHECK(echoed.has(R"("text":"hi")"));
    // A session that an older client speaks of is not looked at.
    CHECK(client.post(request("1", "tools/list"), headers_2026("tools/list") + "Mcp-Session-Id: x\r\nLast-Event-ID: 1-1\r\n").status == 200);
    CHECK(server.server.sessions() == 0);
    CHECK(client.ask("GET", "Accept: text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n").status == 405);
    CHECK(client.ask("DELETE", "MCP-Protocol-Version: 2026-07-28\r\n").header("allow") == "POST");
    CHECK(client.post(R"({"jsonrpc":"2.0","method":"notifications/x"})", headers_2026("notifications/x")).status == 202);
    CHECK(client.post(R"({"jsonrpc":"2.0","id":1,"result":{}})", "MCP-Protocol-Version: 2026-07-28\r\n").status == 400);
    const std::string session = haft_test::begin_session(client);  // both eras at one address
    CHECK(client.post(haft_test::call(1, "echo", R"({"text":"hi"})"), session).has("hi"));
}

TEST_CASE("what headers say and the body does not is refused", "[mcp_http][fault-126]") {
    http_fixture server(tools(std::make_shared<gate>()));
    http_client client(server.port());
    const auto refused = [&](std::string_view body, const std::string& headers, int status, std::string_view code) {
        const http_response answer = client.post(body, headers);
        CHECK(answer.status == status);
        CHECK(answer.has("\"error\":{\"code\":" + std::string(code)));
        CHECK(answer.has("\"id\":1"));
    };
    const std::string echo = call("1", "echo", R"({"text":"hi"})");
    CHECK(client.post(echo, headers_2026("tools/call", "=?base64?ZWNobw==?=")).status == 200);
    CHECK(client.post(echo, "mcp-protocol-version: 2026-07-28\r\nMCP-METHOD:   tools/call  \r\nmcp-name:echo\r\n").status == 200);
    refused(echo, headers_2026("tools/list", "echo"), 400, "-32020");
    refused(echo, headers_2026("TOOLS/CALL", "echo"), 400, "-32020");
    refused(echo, headers_2026("tools/call", "wait"), 400, "-32020");
    refused(echo, headers_2026("tools/call", "=?base64?ZWNobw?=x"), 400, "-32020");
    refused(echo, headers_2026("tools/call", "=?base64?!!!!?="), 400, "-32020");
    refused(echo, headers_2026("tools/call"), 400, "-32020");
    refused(echo, "MCP-Protocol-Version: 2026-07-28\r\nMcp-Name: echo\r\n", 400, "-32020");
    refused(echo, "Mcp-Method: tools/call\r\nMcp-Name: echo\r\n", 400, "-32020");
    refused(echo, "MCP-Protocol-Version: 2025-11-25\r\nMcp-Method: tools/call\r\nMcp-Name: echo\r\n", 400, "-32020");
    refused(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}})", headers_2026("tools/list"), 400, "-32602");
    refused(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"1999-01-01"}}})",
            "MCP-Protocol-Version: 1999-01-01\r\nMcp-Method: tools/list\r\n", 400, "-32022");
    refused(request("1", "ping"), headers_2026("ping"), 404, "-32601");
    refused(request("1", "initialize"), headers_2026("initialize"), 404, "-32601");
    refused(call("1", "none"), headers_2026("tools/call", "none"), 200, "-32602");  // of the server's parts, no failure of HTTP
    refused(call("1", "roots"), headers_2026("tools/call", "roots"), 400, "-32021");
    CHECK(client.post("{", headers_2026("tools/list")).status == 400);
    CHECK(client.post("[]", headers_2026("tools/list")).status == 400);
}

TEST_CASE("parameters that a schema names are in headers, too", "[mcp_http][fault-126]") {
    constexpr haft::tool located{.name = "where",
                                 .execute = [](const void*, std::string_view, haft::call_context&, haft::result_writer&) {},
                                 .description = "Where",
                                 .title = "",
                                 .input_schema = R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}})",
                                 .output_schema = ""};
    http_fixture server(haft::toolset{located});
    http_client client(server.port());
    const std::string body = call("1", "where", R"({"region":"eu"})");
    CHECK(client.post(body, headers_2026("tools/call", "where") + "Mcp-Param-Region: eu\r\n").status == 200);
    CHECK(client.post(body, headers_2026("tools/call", "where") + "mcp-param-region: =?base64?ZXU=?=\r\n").status == 200);
    CHECK(client.post(body, headers_2026("tools/call", "where") + "Mcp-Param-Region: us\r\n").status == 400);
    CHECK(client.post(body, headers_2026("tools/call", "where")).status == 400);
    CHECK(client.post(call("1", "where"), headers_2026("tools/call", "where") + "Mcp-Param-Region: eu\r\n").status == 400);
    CHECK(client.post(call("1", "where"), headers_2026("tools/call", "where")).status == 200);
    std::string in_other_letters = body;
    in_other_letters.replace(in_other_letters.find("tools/call"), 10, "tools\\/call");
    CHECK(client.post(in_other_letters, headers_2026("tools/call", "where")).status == 400);
    CHECK(client.post(in_other_letters, headers_2026("tools/call", "where") + "Mcp-Param-Region: eu\r\n").status == 200);
}

TEST_CASE("a server without sessions tells who wants one which revision it speaks", "[mcp_http][fault-125]") {
    haft::mcp::http_options options;
    options.server.eras = haft::mcp::eras::stateless;
    http_fixture server(tools(std::make_shared<gate>()), options);
    http_client client(server.port());
    const http_response refused = client.post(haft_test::initialize());
    CHECK(refused.status == 400);
    CHECK(refused.has(R"("code":-32022)"));
    CHECK(refused.has(R"("supported":["2026-07-28"])"));
}

TEST_CASE("clients that know nothing of each other may use the same ids", "[mcp_http][IO-05]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.threads = 3;
    http_fixture server(tools(at), options);
    std::vector<std::unique_ptr<http_client>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<http_client>(server.port()));
        clients.back()->send_post(call("1", "wait"), headers_2026("tools/call", "wait"));
    }
    at->wait_for(at->inside, 3);
    at->open = true;
    for (const auto& one : clients) CHECK(one->read().has("waited"));
}

TEST_CASE("who closes the stream of a call that stands for itself has cancelled it", "[mcp_http][fault-129]") {
    const auto at = std::make_shared<gate>();
    haft::mcp::http_options options;
    options.threads = 2;
    http_fixture server(tools(at), options);
    auto client = std::make_unique<http_client>(server.port()), other = std::make_unique<http_client>(server.port());
    other->send_post(call("1", "wait"), headers_2026("tools/call", "wait"));
    at->wait_for(at->inside, 1);
    client->send_post(call("1", "wait"), headers_2026("tools/call", "wait"));
    at->wait_for(at->inside, 2);
    client.reset();
    at->wait_for(at->stopped, 1);
    CHECK(at->stopped == 1);  // the other's goes on
    at->open = true;
    CHECK(other->read().has("waited"));
}

TEST_CASE("a stream without ids: what it tells can't be fetched again", "[mcp_http]") {
    const auto at = std::make_shared<gate>();
    at->open = true;
    http_fixture server(tools(at));
    http_client client(server.port());
    std::string body = call("1", "wait");
    body.insert(body.find("\"_meta\":{") + 9, R"("progressToken":7,)");
    const http_response told = client.post(body, headers_2026("tools/call", "wait"));
    CHECK(told.header("content-type") == "text/event-stream");
    CHECK(told.body.starts_with("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\""));
    CHECK_FALSE(told.has("id: "));
    CHECK(told.whole);
}

TEST_CASE("streams of subscriptions/listen are told of changes, are counted, and end with an answer", "[mcp_http][fault-138]") {
    const auto what = std::make_shared<haft::mcp::live_offer>(haft::mcp::offer::of(tools(std::make_shared<gate>())));
    haft::mcp::http_options options;
    options.max_streams = 100;
    haft::mcp::http_server server(what, options);
    REQUIRE(server.listen());
    std::thread thread([&] { server.run(); });
    const std::string listen = request("7", "subscriptions/listen", R"(,"notifications":{"toolsListChanged":true})");
    std::vector<std::unique_ptr<http_client>> clients;
    std::vector<http_response> streams;
    int refused = 0;
    for (int i = 0; i < 1000; ++i) {
        auto one = std::make_unique<http_client>(server.port());
        one->send_post(listen, headers_2026("subscriptions/listen"));
        http_response stream = one->read_head();
        refused += stream.status == 429;
        if (stream.status != 200) continue;
        CHECK(one->read_until(stream, "notifications/subscriptions/acknowledged"));
        clients.push_back(std::move(one));
        streams.push_back(std::move(stream));
    }
    CHECK(refused == 900);
    REQUIRE(clients.size() == 100);
    http_client old(server.port());
    const std::string session = haft_test::begin_session(old);
    CHECK(old.ask("GET", session + "Accept: text/event-stream\r\n").status == 429);

    what->publish(haft::mcp::offer::of(haft::toolset{}));
    for (std::size_t i = 0; i < clients.size(); ++i) CHECK(clients[i]->read_until(streams[i], "notifications/tools/list_changed"));
    clients.front().reset();  // there is room again
    http_response missed;
    for (int i = 0; i < 500 && missed.status != 200; ++i) {
        http_client again(server.port());
        again.send(http_client::text("GET", again.host(), session + "Accept: text/event-stream\r\n", ""));
        missed = again.read_head();
        if (missed.status == 200) CHECK(again.read_until(missed, "notifications/tools/list_changed"));  // kept until it came
        else std::this_thread::sleep_for(10ms);
    }
    CHECK(missed.status == 200);

    server.stop();
    for (std::size_t i = 1; i < clients.size(); ++i) {
        CHECK_FALSE(clients[i]->read_until(streams[i], "nothing more"));
        CHECK(streams[i].has(R"({"jsonrpc":"2.0","id":7,"result":{"resultType":"complete")"));
        CHECK(streams[i].whole);
    }
    thread.join();
}
