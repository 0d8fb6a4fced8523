// SPDX-License-Identifier: BSL-1.0
#include <haft/mcp/client/client.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace haft;
using mcp::client;

/// Writes down what it hears.
struct heard final : mcp::client_events {
    std::vector<std::string> lines;

    static std::string said(const result<std::string>& r) { return r ? *r : r.error().text(); }
    std::vector<std::string> take() { return std::exchange(lines, {}); }

    void on_ready() override { lines.push_back("ready"); }
    void on_failed(const error& e) override { lines.push_back("failed: " + e.text()); }
    void on_tools(result<std::vector<mcp::remote_tool>> tools) override {
        if (!tools) return lines.push_back("tools: " + tools.error().text());
        std::string names = "tools:";
        for (const mcp::remote_tool& one : *tools) names += " " + one.name;
        lines.push_back(names);
    }
    void on_tools_changed() override { lines.push_back("changed"); }
    void on_answer(std::uint64_t call, result<std::string> r) override { lines.push_back(std::to_string(call) + ": " + said(r)); }
    void on_progress(std::uint64_t call, const progress& p) override {
        lines.push_back(std::to_string(call) + " is at " + std::to_string(static_cast<int>(p.done)) + " of " +
                        std::to_string(static_cast<int>(p.total)) + " " + std::string(p.message));
    }
    void on_log(log_level level, std::string_view message) override { lines.push_back(std::string(name_of(level)) + ": " + std::string(message)); }
    void on_question(std::uint64_t number, const question& q) override {
        lines.push_back("asks " + std::to_string(number) + " " + q.key + " " + q.params);
    }
    void on_strange(const error& e) override { lines.push_back("strange: " + e.text()); }
};

using strings = std::vector<std::string>;

client with_handshake(heard& to, mcp::client_options options = {}) {
    options.server = "s";
    options.begins = mcp::opening::handshake;
    client c(options);
    c.start();
    c.take_output();
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
           "\"serverInfo\":{\"name\":\"S\",\"version\":\"2\"}}}\n",
           to);
    c.take_output();
    to.take();
    return c;
}
client stateless(heard& to, mcp::client_options options = {}) {
    options.server = "s";
    client c(options);
    c.start();
    c.take_output();
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
           "\"capabilities\":{\"tools\":{}}}}\n",
           to);
    to.take();
    return c;
}
std::string reply_to(int id, std::string_view result) { return "{\"jsonrpc\":\"2.0\",\"id\":" + std::to_string(id) + ",\"result\":" + std::string(result) + "}\n"; }
std::string page(int id, std::string_view tools, std::string_view more = {}) {
    return reply_to(id, "{\"tools\":[" + std::string(tools) + "]" + std::string(more) + "}");
}

}  // namespace

TEST_CASE("A client begins with a handshake", "[NX-11]") {
    heard to;
    client c({.server = "s", .client_name = "c", .client_version = "1", .begins = mcp::opening::handshake});
    c.start();
    CHECK(c.take_output() == R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
                             R"("capabilities":{},"clientInfo":{"name":"c","version":"1"}}})"
                             "\n");
    c.feed(reply_to(1, R"({"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"S","version":"2"},"instructions":"Be kind"})"), to);
    CHECK(to.take() == strings{"ready"});
    CHECK(c.take_output() == "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
    CHECK(c.revision() == mcp::revision::r2025_06_18);
    CHECK(c.server_info() == "S 2");
    CHECK(c.instructions() == "Be kind");
}

TEST_CASE("A client declares what its host answers, and nothing else", "[NX-11]") {
    client c({.begins = mcp::opening::handshake, .answers = {question_kind::form, question_kind::roots}});
    c.start();
    CHECK(c.take_output().find(R"("capabilities":{"elicitation":{"form":{}},"roots":{}})") != std::string::npos);
}

TEST_CASE("A server of 2026-07-28 is found by a probe, and each request says what the client is", "[NX-11]") {
    heard to;
    client c({.server = "s", .client_name = "c", .client_version = "1"});
    const std::string meta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":)"
                             R"({"name":"c","version":"1"},"io.modelcontextprotocol/clientCapabilities":{})";
    c.start();
    CHECK(c.take_output() == R"({"jsonrpc":"2.0","id":1,"method":"server/discover","params":{)" + meta + "}}}\n");
    c.feed(reply_to(1, R"({"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"S","version":"1"}}})"), to);
    CHECK(to.take() == strings{"ready"});
    CHECK(c.take_output().empty());
    CHECK(c.server_info() == "S 1");
    c.call("f", "{\"a\":\n1}");
    CHECK(c.take_output() == R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"f","arguments":{"a":1},)" + meta + R"(,"progressToken":2}}})" "\n");
    c.feed(reply_to(2, R"({"content":[]})"), to);  // no resultType: complete
    CHECK(to.take() == strings{"1: {\"content\":[]}"});
}

TEST_CASE("A server that knows no probe is asked with a handshake", "[NX-11]") {
    heard to;
    client c({.server = "s"});
    c.start();
    c.take_output();
    c.feed(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}})" "\n", to);
    CHECK(c.take_output().find("\"initialize\"") != std::string::npos);
    CHECK(to.take().empty());

    client silent({.server = "s"});
    silent.start();
    silent.take_output();
    silent.give_up_probe();
    CHECK(silent.take_output().find("\"id\":2,\"method\":\"initialize\"") != std::string::npos);
    silent.feed(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"late"}})" "\n", to);  // late, and no news
    CHECK(to.take().empty());
    CHECK(silent.take_output().empty());
}

TEST_CASE("A server that refuses a revision says which it speaks", "[NX-11]") {
    heard to;
    const auto refuses = [&](client& c, int id, std::string_view supported) {
        c.feed("{\"jsonrpc\":\"2.0\",\"id\":" + std::to_string(id) + R"(,"error":{"code":-32022,"message":"no","data":{"supported":[)" + std::string(supported) + "]}}}\n", to);
    };
    client c({.server = "s"});
    c.start();
    c.take_output();
    refuses(c, 1, "\"2026-07-28\"");
    CHECK(c.take_output().find("\"id\":2,\"method\":\"server/discover\"") != std::string::npos);
    refuses(c, 2, "\"2026-07-28\"");
    CHECK(to.take() == strings{"failed: MCP server \"s\" says that it speaks 2026-07-28, and refuses it [haft-E0431]"});

    client older({.server = "s"});
    older.start();
    older.take_output();
    refuses(older, 1, "\"2025-06-18\"");
    CHECK(older.take_output().find("\"initialize\"") != std::string::npos);

    client strange({.server = "s"});
    strange.start();
    refuses(strange, 1, "\"3000-01-01\"");
    CHECK(to.take() == strings{"failed: MCP server \"s\" speaks \"[\"3000-01-01\"]\"; this client speaks 2024-11-05 to 2026-07-28 [haft-E0431]"});
}

TEST_CASE("A list of tools comes page by page, and never without an end", "[NX-11][fault-105]") {
    heard to;
    client c = with_handshake(to);
    c.list_tools(to);
    CHECK(c.take_output() == "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}\n");
    c.feed(page(2, R"({"name":"a","inputSchema":{}})", R"(,"nextCursor":"x\n")"), to);
    CHECK(c.take_output() == R"({"jsonrpc":"2.0","id":3,"method":"tools/list","params":{"cursor":"x\n"}})" "\n");
    c.feed(page(3, R"({"name":"b","inputSchema":{}})"), to);
    CHECK(to.take() == strings{"tools: a b"});

    SECTION("in a circle") {
        c.list_tools(to);
        c.feed(page(4, "", R"(,"nextCursor":"x")"), to);
        c.feed(page(5, "", R"(,"nextCursor":"x")"), to);
        CHECK(to.take() == strings{"tools: MCP server \"s\" turns in a circle: its list has the cursor \"\"x\"\" a second time [haft-E0424]"});
    }
    SECTION("with ever new cursors") {
        c.list_tools(to);
        for (int i = 4; i < 500 && to.lines.empty(); ++i) c.feed(page(i, "", ",\"nextCursor\":\"" + std::to_string(i) + "\""), to);
        CHECK(to.take() == strings{"tools: MCP server \"s\" lists its tools without an end: after 200 pages there is one more [haft-E0424]"});
    }
    SECTION("too many") {
        c.list_tools(to);
        std::string all;
        for (int i = 0; i < 5000; ++i) all += (i ? "," : "") + std::string(R"({"name":"t)") + std::to_string(i) + R"(","inputSchema":{}})";
        c.feed(page(4, all), to);
        CHECK(to.take() == strings{"tools: MCP server \"s\" has more than 1000 tools; that many are taken (max_tools) [haft-E0424]"});
    }
    SECTION("without a name or a schema") {
        for (const std::string_view broken : {R"({"inputSchema":{}})", R"({"name":"a"})", "7"}) {
            c.list_tools(to);
            const std::string out = c.take_output();
            c.feed(page(std::stoi(out.substr(out.find("\"id\":") + 5)), broken), to);
        }
        CHECK(to.take() == strings{"tools: MCP server \"s\": a tool of the list has no name: \"{\"inputSchema\":{}}\" [haft-E0424]",
                                   "tools: MCP server \"s\": tool \"a\" of the list has no inputSchema that is an object: \"{\"name\":\"a\"}\" [haft-E0424]",
                                   "tools: MCP server \"s\": a tool of the list is no object: \"7\" [haft-E0424]"});
    }
    SECTION("changed") {
        c.feed("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n", to);
        CHECK(to.take() == strings{"changed"});
    }
}

TEST_CASE("Calls are told apart by their ids, whatever the order of the answers", "[NX-11]") {
    heard to;
    client c = with_handshake(to);
    c.call("f", "{}"), c.call("g", "{}");
    c.feed(reply_to(3, R"({"content":[3]})") + reply_to(2, R"({"content":[2]})"), to);
    CHECK(to.take() == strings{"2: {\"content\":[3]}", "1: {\"content\":[2]}"});
    c.feed(reply_to(2, "{}"), to);
    c.feed(reply_to(99, "{}"), to);
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"result\":{}}\n", to);
    CHECK(to.take() ==
          strings{"strange: MCP server \"s\" answers what nobody has asked, or asked and got answered before: \"{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\" [haft-E0424]",
                  "strange: MCP server \"s\" answers what nobody has asked, or asked and got answered before: \"{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}\" [haft-E0424]",
                  "strange: MCP server \"s\" answers what nobody has asked, or asked and got answered before: \"{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"result\":{}}\" [haft-E0424]"});
}

TEST_CASE("An answer that is none is an error of that call", "[NX-11]") {
    heard to;
    client c = with_handshake(to);
    c.call("f", "{}"), c.call("g", "{}"), c.call("h", "{}"), c.call("i", "{}");
    c.feed(reply_to(2, "7"), to);
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{},\"error\":{}}\n", to);
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":4}\n", to);
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":5,\"error\":{\"code\":-32602,\"message\":\"Unknown tool\"}}\n", to);
    CHECK(to.take() == strings{"1: MCP server \"s\" gives an answer that is none, \"{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":7}\": its result or error is no object [haft-E0424]",
                               "2: MCP server \"s\" gives an answer that is none, \"{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{},\"error\":{}}\": it has a result and an error [haft-E0424]",
                               "3: MCP server \"s\" answers \"{\"jsonrpc\":\"2.0\",\"id\":4}\": \"method\" is missing [haft-E0424]",
                               "4: MCP server \"s\" refuses the call: Unknown tool (-32602) [haft-E0426]"});
}

TEST_CASE("Lines that are no message are told, and too many of them end it", "[NX-11][fault-105]") {
    heard to;
    client c = with_handshake(to);
    c.feed("Server running on stdio\n", to);
    CHECK(to.take() == strings{"strange: MCP server \"s\" sent a line that is no message, \"Server running on stdio\": not JSON: expected a value at byte 0 [haft-E0424]"});
    c.call("f", "{}");
    for (int i = 0; i < 98; ++i) c.feed("noise\n", to);
    CHECK(to.take().size() == 98);
    CHECK_FALSE(c.failure());
    c.feed("noise\n", to);
    REQUIRE(to.lines.size() == 3);
    CHECK(to.lines[1].starts_with("1: MCP server \"s\" has sent 100 lines that make no sense"));
    CHECK(to.lines[2].starts_with("failed: "));
    CHECK(c.failure());
}

TEST_CASE("A message beyond the limit is dropped, and what was asked is not waited for", "[NX-11]") {
    heard to;
    mcp::client_options options;
    options.limits.max_message_bytes = 1000;
    client c = with_handshake(to, options);
    c.call("f", "{}");
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"x\":\"" + std::string(2000, 'x'), to);
    CHECK(to.take() == strings{"strange: MCP server \"s\" has sent a message of more than 1000 bytes [haft-E0424]",
                               "1: MCP server \"s\" has sent a message of more than 1000 bytes [haft-E0424]"});
    c.feed("\"}}\n", to);
    c.call("f", "{}");
    c.feed(reply_to(3, "{}"), to);
    CHECK(to.take() == strings{"2: {}"});
}

TEST_CASE("Progress goes to the call, and what a server logs is heard", "[NX-11]") {
    heard to;
    client c = with_handshake(to);
    c.call("f", "{}");
    CHECK(c.take_output().find("\"progressToken\":2") != std::string::npos);
    c.feed("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":2,\"progress\":50,\"total\":100,\"message\":\"half\"}}\n", to);
    c.feed("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":9,\"progress\":50}}\n", to);
    c.feed("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"warning\",\"data\":\"hot\"}}\n", to);
    CHECK(to.take() == strings{"1 is at 50 of 100 half", "warning: hot"});
}

TEST_CASE("A cancelled call is told to the server, and its late answer is no news", "[NX-11]") {
    heard to;
    client c = with_handshake(to);
    const auto call = c.call("f", "{}");
    c.take_output();
    c.cancel(call, "time");
    CHECK(c.take_output() == R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2,"reason":"time"}})" "\n");
    c.feed(reply_to(2, "{}"), to);
    CHECK(to.take().empty());
    CHECK(c.calls_under_way() == 0);
}

TEST_CASE("A ping is answered, and what the host does not answer is refused", "[NX-11]") {
    heard to;
    client c = with_handshake(to);
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}\n", to);
    CHECK(c.take_output() == "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}\n");
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\",\"params\":{}}\n", to);
    CHECK(c.take_output() == R"({"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"sampling/createMessage is not answered here"}})" "\n");
    CHECK(to.take().empty());
}

TEST_CASE("A server's question goes to the host, and its answer back", "[NX-11]") {
    heard to;
    mcp::client_options options;
    options.answers = {question_kind::form};
    client c = with_handshake(to, options);
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"elicitation/create\",\"params\":{\"message\":\"m\"}}\n", to);
    CHECK(to.take() == strings{"asks 1 7 {\"message\":\"m\"}"});
    c.answer(1, std::string(R"({"action":"decline"})"), to);
    CHECK(c.take_output() == "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"action\":\"decline\"}}\n");
}

TEST_CASE("A result that wants input is answered by the call once more", "[NX-11]") {
    heard to;
    mcp::client_options options;
    options.answers = {question_kind::form, question_kind::roots};
    client c = stateless(to, options);
    c.call("f", "{\"a\":1}");
    c.take_output();
    c.feed(reply_to(2, R"({"resultType":"input_required","requestState":"st\"ate","inputRequests":{"k\"1":{"method":"elicitation/create","params":{"message":"m"}},"r":{"method":"roots/list"}}})"), to);
    CHECK(to.take() == strings{"asks 1 k\"1 {\"message\":\"m\"}", "asks 2 r {}"});
    c.answer(2, std::string(R"({"roots":[]})"), to);
    CHECK(c.take_output().empty());
    c.answer(1, std::string(R"({"action":"cancel"})"), to);
    const std::string again = c.take_output();
    CHECK(again.starts_with(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"f","arguments":{"a":1},"inputResponses":{"r":{"roots":[]},"k\"1":{"action":"cancel"}},"requestState":"st\"ate",)"));
    c.feed(reply_to(3, R"({"resultType":"complete","content":[]})"), to);
    CHECK(to.take() == strings{R"(1: {"resultType":"complete","content":[]})"});

    SECTION("that nobody gives") {
        c.call("f", "{}");
        c.feed(reply_to(4, R"({"resultType":"input_required","inputRequests":{"k":{"method":"sampling/createMessage","params":{}}}})"), to);
        CHECK(to.take() == strings{"2: MCP server \"s\" asks for \"sampling/createMessage\" to go on, and nobody here answers that [haft-E0474]"});
    }
    SECTION("again and again") {
        c.call("f", "{}");
        for (int i = 4; i < 100 && to.lines.empty(); ++i) c.feed(reply_to(i, R"({"resultType":"input_required","requestState":"x"})"), to);
        CHECK(to.take() == strings{"2: MCP server \"s\" wants input again and again: 10 times for one call [haft-E0424]"});
    }
    SECTION("of an unknown type") {
        c.call("f", "{}");
        c.feed(reply_to(4, R"({"resultType":"task"})"), to);
        CHECK(to.take() == strings{"2: MCP server \"s\" gives a result of type \"task\" [haft-E0424]"});
    }
}

TEST_CASE("an answer of many lines is sent as one", "[NX-11]") {
    heard to;
    client c = with_handshake(to, {.answers = {question_kind::roots}});
    c.feed("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"roots/list\"}\n", to);
    c.answer(1, std::string("{\n  \"roots\": []\n}"), to);
    CHECK(c.take_output() == "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"roots\":[]}}\n");
}
