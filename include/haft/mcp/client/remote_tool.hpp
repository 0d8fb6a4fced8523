// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_REMOTE_TOOL_HPP
#define HAFT_MCP_CLIENT_REMOTE_TOOL_HPP

/// A tool as a server lists it: the way back of mcp/offer/listing.hpp. [IO-04]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/tool/about.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::mcp {

/// It owns its texts.
struct remote_tool {
    std::string name;
    std::string title = {};
    std::string description = {};
    std::string input_schema = {};   ///< as it came
    std::string output_schema = {};  ///< "": none
    haft::effect effect = haft::effect::unspecified;
    haft::hints hints = haft::hints::none;
    bool only_as_task = false;  ///< called in any other way it fails (`execution.taskSupport`, 2025-11-25)
};

/// Of what a model is told and of what it may send: who changes that behind a host's back is found out by it. [fault 105]
struct tool_print {
    std::string description;   ///< SHA-256, in hexadecimal digits, of title and description
    std::string input_schema;  ///< of the schema without the blanks between its tokens
    std::string promises;      ///< of its result's schema and its annotations

    friend bool operator==(const tool_print&, const tool_print&) = default;
    /// `its description and its input schema`; "" if nothing differs.
    HAFT_COLD std::string difference(const tool_print& other) const {
        std::string out;
        const auto add = [&](bool differs, std::string_view what) {
            if (differs) append_all(out, {out.empty() ? "" : " and ", what});
        };
        add(description != other.description, "its description");
        add(input_schema != other.input_schema, "its input schema");
        add(promises != other.promises, "its output schema or annotations");
        return out;
    }
};

HAFT_COLD inline tool_print print_of(const remote_tool& t) {
    std::string in, out;
    json::append_compact(in, t.input_schema);
    json::append_compact(out, t.output_schema);
    out += static_cast<char>('a' + static_cast<int>(t.effect));
    out += static_cast<char>('0' + (has(t.hints, hints::idempotent) ? 1 : 0) + (has(t.hints, hints::closed_world) ? 2 : 0));
    return {sha256_of(concat({t.title, std::string_view("\0", 1), t.description})), sha256_of(in), sha256_of(out)};
}

namespace detail {

/// No annotations at all say nothing; within them MCP's defaults count (server/tools, ToolAnnotations): what does not say that it
/// only reads may destroy.
HAFT_COLD inline void read_annotations(std::string_view annotations, remote_tool& out) {
    if (!annotations.starts_with('{')) return;
    const std::vector<json::member_piece> all = json::members_of(annotations);
    const auto says = [&](std::string_view hint, std::string_view what) { return json::value_of(all, hint) == what; };
    out.effect = says("readOnlyHint", "true")        ? effect::read_only
                 : says("destructiveHint", "false") ? effect::additive
                                                    : effect::destructive;
    if (says("idempotentHint", "true")) out.hints = out.hints | hints::idempotent;
    if (says("openWorldHint", "false")) out.hints = out.hints | hints::closed_world;
    if (out.title.empty()) out.title = json::string_of(json::value_of(all, "title"));
}

}  // namespace detail

/// Reads one item of the answer to tools/list. An error (E0424) says what it lacks.
HAFT_COLD inline result<remote_tool> read_remote_tool(std::string_view item) {
    const auto no = [](std::string_view why) { return error{errc::bad_server_message, std::string(why)}; };
    if (!item.starts_with('{')) return no("a tool of the list is no object");
    const std::vector<json::member_piece> all = json::members_of(item);
    remote_tool out{.name = json::string_of(json::value_of(all, "name"))};
    if (out.name.empty()) return no("a tool of the list has no name");
    out.title = json::string_of(json::value_of(all, "title"));
    out.description = json::string_of(json::value_of(all, "description"));
    out.input_schema = json::value_of(all, "inputSchema");
    if (!out.input_schema.starts_with('{'))
        return no(concat({"tool ", in_quotes(out.name), " of the list has no inputSchema that is an object"}));
    const std::string_view output = json::value_of(all, "outputSchema");
    if (output.starts_with('{')) out.output_schema = output;
    const auto execution = json::members_of(json::value_of(all, "execution"));
    out.only_as_task = json::string_of(json::value_of(execution, "taskSupport")) == "required";
    detail::read_annotations(json::value_of(all, "annotations"), out);
    return out;
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_CLIENT_REMOTE_TOOL_HPP
