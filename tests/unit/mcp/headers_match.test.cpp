// SPDX-License-Identifier: BSL-1.0
// What a request's headers have to say of its body. [fault-126]
#include <haft/mcp/transport/http/headers_match.hpp>

#include <catch2/catch_test_macros.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace {

using haft::mcp::http_header;

constexpr std::string_view schema = R"({"type":"object","properties":{
    "region":{"type":"string","x-mcp-header":"Region"},
    "deep":{"type":"object","properties":{"number":{"type":"integer","x-mcp-header":"Number"},"flag":{"type":"boolean","x-mcp-header":"Flag"}}},
    "other":{"type":"array","items":{"type":"string","x-mcp-header":"Never"}}}})";

std::string body(std::string_view arguments, std::string_view method = "tools/call", std::string_view name = R"("name":"sql")") {
    return R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(method) +
           R"(","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"},)" + std::string(name) + R"(,"arguments":)" +
           std::string(arguments) + "}}";
}
std::string problem(std::string_view text, std::vector<http_header> headers, bool with_usual = true) {
    if (with_usual)
        headers.insert(headers.end(), {{"mcp-protocol-version", " 2026-07-28\t"}, {"MCP-METHOD", "tools/call"}, {"Mcp-Name", "sql"}});
    return haft::mcp::headers_mismatch(headers, haft::mcp::read_message(text, 100), schema).value_or("");
}

}  // namespace

TEST_CASE("headers that say what the body says are fine, in any case and with blanks around", "[mcp][fault-126]") {
    CHECK(problem(body("{}"), {}) == "");
    CHECK(problem(body(R"({"region":"north","deep":{"number":42,"flag":true}})"),
                  {{"mcp-param-region", "north"}, {"Mcp-Param-Number", "42.0"}, {"Mcp-Param-Flag", "true"}}) == "");
    CHECK(problem(body(R"({"region":null})"), {}) == "");
    CHECK(problem(body(R"({"other":["a"]})"), {{"Mcp-Param-Unknown", "a"}}) == "");
    CHECK(problem(R"({"jsonrpc":"2.0","id":1,"method":"server/discover","params":{}})", {{"Mcp-Method", "server/discover"}}, false) == "");
    CHECK(problem(body("{}", "resources/read", R"("uri":"file:///a b")"),
                  {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "resources/read"}, {"Mcp-Name", "file:///a b"}}, false) == "");
}

TEST_CASE("a value may be wrapped in base64, and only exactly so", "[mcp][fault-126]") {
    const auto region = [](std::string_view value, std::string_view header) {
        return problem(body(R"({"region":")" + std::string(value) + "\"}"), {{"Mcp-Param-Region", header}});
    };
    CHECK(region("Hello", "=?base64?SGVsbG8=?=") == "");
    CHECK(region("Hello, \xe4\xb8\x96\xe7\x95\x8c", "=?base64?SGVsbG8sIOS4lueVjA==?=") == "");
    CHECK(region("SGVsbG8=", "SGVsbG8=") == "");
    CHECK(region("=?base64?SGVsbG8=", "=?base64?SGVsbG8=") == "");
    for (const std::string_view bad : {"=?base64?SGVsbG8?=", "=?base64?SGVs!!!bG8=?=", "H\xc3\xa9llo", "Hel\x01lo"})
        CHECK(region("Hello", bad) == "the header Mcp-Param-Region holds what no header may hold, or bad base64");
    CHECK(problem(body("{}"), {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "=?base64?dG9vbHMvY2FsbA==?="}, {"Mcp-Name", "sql"}}, false) ==
          R"(the header Mcp-Method says "=?base64?dG9vbHMvY2FsbA==?=", the body "tools/call")");  // names and parameters alone are wrapped
    CHECK(region("Hello", "=?BASE64?SGVsbG8=?=") == R"(the header Mcp-Param-Region says "=?BASE64?SGVsbG8=?=", the body "Hello")");
}

TEST_CASE("a header that is missing, twice there or says another thing is told by name", "[mcp][fault-126]") {
    CHECK(problem(body("{}"), {}, false) == "the header MCP-Protocol-Version is missing");
    CHECK(problem(body("{}"), {{"MCP-Protocol-Version", "2025-11-25"}}, false) ==
          R"(the header MCP-Protocol-Version says "2025-11-25", the body "2026-07-28")");
    CHECK(problem(body("{}"), {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "Tools/Call"}}, false) ==
          R"(the header Mcp-Method says "Tools/Call", the body "tools/call")");
    CHECK(problem(body("{}"), {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/call"}}, false) ==
          "the header Mcp-Name is missing");
    CHECK(problem(body("{}"), {{"Mcp-Name", "sql"}}) == "the header Mcp-Name stands twice");
    CHECK(problem(body(R"({"region":"north"})"), {}) == "the header Mcp-Param-Region is missing");
    CHECK(problem(body("{}"), {{"Mcp-Param-Region", "north"}}) == "the header Mcp-Param-Region has no value in the body");
    CHECK(problem(body(R"({"deep":{"number":42}})"), {{"Mcp-Param-Number", "43"}}) == R"(the header Mcp-Param-Number says "43", the body 42)");
}
