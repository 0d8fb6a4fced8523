// SPDX-License-Identifier: BSL-1.0
#include <haft/haft.hpp>

#include "approach.hpp"

template <>
inline constexpr std::array haft::fields_of<bench::weather_query>{
    haft::field{"days", "", haft::minimum(1), haft::maximum(14)}};

namespace bench {
namespace {

constexpr haft::tool weather_tool = haft::make<&get_weather>("Weather forecast for a city");
constexpr haft::tool route_tool = haft::make<&plan_route>("Plans a route");
constexpr haft::tool text_tool = haft::make<&count_text>("Counts lines and bytes");

/// As the MCP server and the provider formats call a tool: the result goes to the end of a string of the caller's.
template <const haft::tool& Tool>
bool call(std::string& arguments) {
    static std::string out;
    out.clear();
    static const haft::call_options options;
    haft::call_context context{Tool.name, options};
    haft::result_writer writer(out, haft::string_results::as_json, options);
    Tool.run(arguments, context, writer);
    if (writer.failed()) return false;
    answer(out);
    return true;
}

template <const haft::tool& Tool>
bool call_as_usual(std::string& arguments) {
    const auto result = Tool.call(arguments);
    if (!result) return false;
    answer(*result);
    return true;
}

haft::mcp::server initialized(std::string_view revision) {
    haft::mcp::server server(haft::toolset{weather_tool, route_tool, text_tool});
    server.on_output(&answer);
    server.receive(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")");
    server.receive(revision);
    server.receive(R"(","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}})"
                   "\n"
                   R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
                   "\n");
    server.poll();
    return server;
}

/// The first revision has no structuredContent, so a line is the same work as a peer's.
bool line(std::string& text) {
    static haft::mcp::server server = initialized("2024-11-05");
    server.serve(text);
    return true;
}

bool line_as_usual(std::string& text) {
    static haft::mcp::server server = initialized("2025-11-25");
    server.serve(text);
    return true;
}

}  // namespace

const approach by_haft{"haft",
                       {call<weather_tool>, call<route_tool>, call<text_tool>},
                       line,
                       {weather_tool.input_schema, route_tool.input_schema, text_tool.input_schema}};
const approach by_haft_as_usual{
    "haft_as_usual", {call_as_usual<weather_tool>, call_as_usual<route_tool>, call_as_usual<text_tool>}, line_as_usual};

}  // namespace bench
