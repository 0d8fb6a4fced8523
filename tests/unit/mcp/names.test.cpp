// SPDX-License-Identifier: BSL-1.0
// MCP allows dots in names, but clients hand them on to providers that do not: the server lists the portable spelling.
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace {

std::string exchange(const haft::toolset& tools, std::string_view line, std::size_t page_size = 100) {
    haft::mcp::server_options options;
    options.page_size = page_size;
    haft::mcp::server server(tools, options);
    std::string out;
    server.on_output([&](std::string_view frames) { out += frames; });
    server.receive(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})"
                   "\n");
    server.poll();
    out.clear();
    server.receive(std::string(line) + "\n");
    server.poll();
    return out;
}
bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

haft::toolset dotted() {
    haft::toolset tools;
    tools.add("browser.read_url", "Reads", [] { return std::string("read"); });
    tools.add("a.b", "The first", [] { return std::string("dotted"); });
    tools.add("a_b", "The second", [] { return std::string("plain"); });
    return tools;
}
std::string call(std::string_view name) {
    return exchange(dotted(),
                    R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")" + std::string(name) + "\"}}");
}

}  // namespace

TEST_CASE("a server lists portable names", "[IO-02][fault-50]") {
    const std::string list = exchange(dotted(), R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
    CHECK(contains(list, R"({"name":"browser_read_url",)"));
    CHECK(contains(list, R"({"name":"a_b_)"));
    CHECK(contains(list, R"({"name":"a_b",)"));
    CHECK_FALSE(contains(list, "a.b"));
}

TEST_CASE("a server calls a tool by either spelling", "[IO-02]") {
    CHECK(contains(call("browser_read_url"), R"("text":"read")"));
    CHECK(contains(call("browser.read_url"), R"("text":"read")"));
    CHECK(contains(call("a.b"), R"("text":"dotted")"));
    CHECK(contains(call("a_b"), R"("text":"plain")"));
    CHECK(contains(call("browser_read_ulr"), R"(did you mean \"browser_read_url\"?)"));
}

TEST_CASE("a schema with line ends in it stays one frame") {
    const haft::toolset kept = dotted();  // the copy below points into it
    haft::tool t = kept[0];
    t.input_schema = "{\"type\": \"object\",\n \"description\": \"two words\"\r\n}";
    t.output_schema = "{\"type\":\n\"integer\"}";
    const std::string list = exchange({t}, R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
    CHECK(list.find('\n') == list.size() - 1);
    CHECK(contains(list, R"("inputSchema":{"type":"object","description":"two words"},)"));
    CHECK(contains(list, R"("properties":{"result":{"type":"integer"}})"));
}

TEST_CASE("pages go on where they ended, whatever the names are", "[IO-02]") {
    const std::string first = exchange(dotted(), R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})", 1);
    const std::size_t at = first.find(R"("nextCursor":")") + 14;
    REQUIRE(at > 14);
    const std::string cursor = first.substr(at, first.find('"', at) - at);
    const std::string second =
        exchange(dotted(), R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":")" + cursor + "\"}}", 1);
    CHECK(contains(second, R"({"name":"a_b_)"));  // another session of the same list
}
