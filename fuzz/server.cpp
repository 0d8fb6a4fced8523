// SPDX-License-Identifier: BSL-1.0
// The bytes are what a client sends to an MCP server. The first of them says how large the pieces are in which it comes, and whether a
// handshake goes before.
#include <haft/json/pieces.hpp>
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>
#include <haft/tool/ask.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using haft_fuzz::require;

namespace {

constexpr std::string_view handshake =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{},"sampling":{},)"
    R"("roots":{}},"clientInfo":{"name":"f","version":"1"}}})"
    "\n"
    R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
    "\n";

struct place {
    std::string city;
    int floor = 0;
};

haft::mcp::offer offered() {
    haft::toolset tools;
    tools.add("add", "Adds", [](haft::arg<"a", int> a, haft::arg<"b", int> b) { return a + b; });
    tools.add("echo", "Says it again", [](haft::arg<"text", std::string> text) { return std::string(text); });
    tools.add("count", "Tells how far it is", [](haft::call_context& context, haft::arg<"to", std::uint8_t> to) {
        for (int i = 0; i < to; ++i) context.progress(i, to);
    });
    tools.add("where", "Asks for a place", [](haft::call_context& context) -> haft::result<std::string> {
        const haft::result<haft::answer<place>> at = context.ask<place>("Where?");
        if (!at) return at.error();
        return *at ? at->value.city : std::string("nowhere");
    });
    return haft::mcp::offer::of(std::move(tools));
}

/// What the server answers to bytes that come in pieces of that size.
std::string answers(std::string_view bytes, std::size_t piece) {
    static const haft::mcp::offer what = offered();
    std::string out;
    haft::mcp::server server(what);
    server.on_output([&](std::string_view frames) { out += frames; });
    for (std::size_t at = 0; at < bytes.size(); at += piece) server.serve(bytes.substr(at, piece));
    server.finish();
    while (server.poll()) {}
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t piece = data[0] % 128 + 1;
    std::string text(data[0] < 128 ? handshake : std::string_view());
    text.append(reinterpret_cast<const char*>(data) + 1, size - 1);

    const std::string whole = answers(text, text.size() + 1);
    require(whole.empty() || whole.back() == '\n', "an answer is a whole line", whole);
    std::size_t lines = 0;
    for (std::string_view rest = whole; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1), ++lines)
        require(haft::json::is_json(rest.substr(0, rest.find('\n'))), "an answer is JSON", whole);

    // The seal of a call that waits has random digits.
    if (whole.find("requestState") == std::string::npos) {
        const std::string pieces = answers(text, piece);
        require(pieces == whole, "where pieces end changes nothing", pieces + "\n---\n" + whole);
    }
    return 0;
}
