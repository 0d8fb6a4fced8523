// SPDX-License-Identifier: BSL-1.0
// The bytes are what an MCP server sends to a client that has asked for its tools and called two. The first of them says how large the
// pieces are in which it comes, and of which era the server is.
#include <haft/json/pieces.hpp>
#include <haft/mcp/client/call_result.hpp>
#include <haft/mcp/client/client.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using haft_fuzz::require;

namespace {

constexpr std::string_view handshake =
    R"({"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true}},)"
    R"("serverInfo":{"name":"f","version":"1"}}})"
    "\n";
constexpr std::string_view discovery =
    R"({"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},)"
    R"("serverInfo":{"name":"f","version":"1"}}})"
    "\n";

/// All that the client tells and sends, in order.
struct heard final : haft::mcp::client_events {
    haft::mcp::client& client;
    std::string all;
    explicit heard(haft::mcp::client& of) : client(of) {}

    void on_ready() override {
        all += "ready\n";
        client.list_tools(*this);
        client.call("add", R"({"a":1})");
        client.call("echo", "{}");
    }
    void on_failed(const haft::error& e) override { all.append("failed: ").append(e.text()).append("\n"); }
    void on_tools(haft::result<std::vector<haft::mcp::remote_tool>> tools) override {
        if (!tools) return all.append("no tools: ").append(tools.error().text()).append("\n"), void();
        for (const haft::mcp::remote_tool& t : *tools) {
            all.append("tool ").append(t.name).append(haft::mcp::print_of(t).input_schema).append("\n");
            require(haft::json::is_json(t.input_schema), "a tool's schema is JSON", t.input_schema);
        }
    }
    void on_tools_changed() override { all += "changed\n"; }
    void on_answer(std::uint64_t call, haft::result<std::string> text) override {
        all.append("answer ").append(std::to_string(call)).append(" ").append(text ? *text : text.error().text()).append("\n");
        if (text) require(haft::json::is_json(*text), "a result is JSON", *text);
    }
    void on_question(std::uint64_t number, const haft::question& q) override {
        all.append("question ").append(q.params).append("\n");
        questions.push_back(number);
    }
    void on_strange(const haft::error& e) override { all.append("strange: ").append(e.text()).append("\n"); }

    std::vector<std::uint64_t> questions;
};

std::string told(std::string_view bytes, std::size_t piece, haft::mcp::opening begins) {
    using kind = haft::question_kind;
    haft::mcp::client client({.begins = begins, .answers = {kind::form, kind::url, kind::sample, kind::roots}});
    heard to(client);
    client.start();
    for (std::size_t at = 0; at < bytes.size(); at += piece) client.feed(bytes.substr(at, piece), to);
    for (const std::uint64_t number : to.questions)
        client.answer(number, number % 2 == 0 ? haft::result<std::string>(R"({"action":"cancel"})") : haft::error{haft::errc::bad_answer, "no"}, to);
    const std::string sent = client.take_output();
    require(sent.empty() || sent.back() == '\n', "what is sent are whole lines", sent);
    for (std::string_view rest = sent; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1))
        require(haft::json::is_json(rest.substr(0, rest.find('\n'))), "what is sent is JSON", sent);
    return to.all + sent;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t piece = data[0] % 64 + 1;
    const bool stateless = data[0] >= 192;
    std::string text(data[0] < 64 ? std::string_view() : stateless ? discovery : handshake);
    text.append(reinterpret_cast<const char*>(data) + 1, size - 1);

    const haft::mcp::opening begins = stateless ? haft::mcp::opening::stateless : haft::mcp::opening::handshake;
    const std::string whole = told(text, text.size() + 1, begins);
    const std::string pieces = told(text, piece, begins);
    require(pieces == whole, "where pieces end changes nothing", pieces + "\n---\n" + whole);
    return 0;
}
