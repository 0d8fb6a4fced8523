// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_FOREIGN_TOOL_HPP
#define HAFT_HOST_FOREIGN_TOOL_HPP

/// What tools of strangers have in common, MCP servers' and NATS services': which are taken, under which name, and what is known of them
/// here: their schemas, looked at first, and a check of arguments where haft knows all of the schema. [fault 142]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/owned_words.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/written/written_schema.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// What schemas of strangers may be at most.
inline constexpr std::size_t most_schema_bytes = std::size_t{256} << 10;
inline constexpr unsigned most_schema_depth = 64;

namespace detail {

/// What is wrong with a schema that came from elsewhere, however much haft knows of it; "" if nothing is. [fault 142]
HAFT_COLD inline std::string problem_of_foreign_schema(std::string_view schema) {
    if (schema.size() > most_schema_bytes)
        return concat({"has ", std::to_string(schema.size()), " bytes; at most ", std::to_string(most_schema_bytes), " are taken"});
    json::lexer in(schema, most_schema_depth);
    in.peek();
    if (!in.skip() || !in.expect_end())
        return in.too_deep() ? concat({"is more than ", std::to_string(most_schema_depth), " brackets deep"}) : std::string("is no JSON");
    // References anywhere, as keywords or not: a schema that needs one to the outside can't be told from one that only looks so.
    std::vector<std::string_view> open{schema};
    while (!open.empty()) {
        const std::string_view at = open.back();
        open.pop_back();
        for (const std::string_view one : json::items_of(at)) open.push_back(one);
        for (const json::member_piece& one : json::members_of(at)) {
            const bool refers = one.name == "$ref" || one.name == "$dynamicRef" || one.name == "$recursiveRef";
            if (refers && one.value.starts_with('"'))
                if (const std::string to = json::string_of(one.value); !to.starts_with('#'))
                    return concat({"refers to ", in_quotes(to.substr(0, 200)), "; nothing is fetched"});
            if (one.value.starts_with('{') || one.value.starts_with('[')) open.push_back(one.value);
        }
    }
    return {};
}

/// A schema that declares draft-07, as most servers' do, without that word: what draft-07 says otherwise than 2020-12 (lists as `items`,
/// for example) haft's own reader refuses, and then the server checks alone.
HAFT_COLD inline std::string without_dialect(std::string_view schema) {
    std::string out = "{";
    for (const json::member_piece& one : json::members_of(schema)) {
        if (one.name == "$schema" && json::string_of(one.value).find("json-schema.org/draft-07/") != std::string::npos) continue;
        append_all(out, {out.size() > 1 ? "," : "", one.key, ":", one.value});
    }
    return out += '}';
}

/// A stranger's tool as it was when it was mounted.
struct foreign_tool {
    std::string said;  ///< `tool "f" of MCP server "s"`
    std::string remote_name, input_schema, output_schema;
    std::optional<written_schema> parameters;  // nothing: the schema has what haft does not know, and its owner checks alone
    haft::detail::owned_words words;

    foreign_tool(std::string_view of, const mcp::remote_tool& t, std::string_view name)
        : said(concat({"tool ", in_quotes(t.name), " of ", of})),
          remote_name(t.name),
          input_schema(t.input_schema),
          output_schema(t.output_schema),
          words(name, {.description = t.description, .title = t.title, .effect = t.effect, .hints = t.hints}) {
        if (result<written_schema> known = written_schema::compile(without_dialect(input_schema))) parameters = std::move(*known);
    }

    tool described() const {
        tool out = words.described();
        out.input_schema = input_schema;
        out.output_schema = output_schema;
        return out;
    }
    /// False: why stands in `out`.
    bool fits(std::string_view given, const call_context& context, result_writer& out) const {
        if (!parameters) {
            if (json::is_json(given) && given.find_first_not_of(" \t\r\n") == given.find('{')) return true;
            out.fail({errc::bad_server_message, concat({said, " takes a JSON object"})});
            return false;
        }
        checked_value found = parameters->validate(given, context.options.limits, {.null_is_absence = true});
        if (found.ok()) return true;
        out.fail(haft::detail::refused_arguments(context.tool_name, std::move(found.faults), found.more_faults));
        return false;
    }
};

/// The name under which a set takes a stranger's tool, `source.tool`; `of` is `MCP server "s"`. An error (E0428) says why it does not.
HAFT_COLD inline result<std::string> name_of_foreign_tool(const toolset& to, std::string_view source, std::string_view of, const mcp::remote_tool& t) {
    const auto no = [&](std::string_view why) {
        return error{errc::bad_server_tool, concat({"tool ", in_quotes(t.name.substr(0, 200)), " of ", of, " is left out: ", why})};
    };
    std::string name = concat({source, ".", t.name});
    if (!legal_tool_name(name)) return no(concat({"no tool can be named ", in_quotes(name.substr(0, 300)), "; 1 to 128 of A-Z a-z 0-9 _ - . are"}));
    for (std::size_t i = 0; i < to.size(); ++i)  // a set that has refused something is no plugin's
        if (to[i].name == name) return no("there are two tools of that name; the first one stays");
    for (const auto& [which, schema] : {std::pair<std::string_view, std::string_view>("input", t.input_schema), {"output", t.output_schema}}) {
        if (schema.empty()) continue;
        if (const std::string problem = problem_of_foreign_schema(schema); !problem.empty()) return no(concat({"its ", which, " schema ", problem}));
    }
    if (t.only_as_task) return no("it can be called as a task only, and tasks are not built yet");
    if (json::string_of(json::value_of(json::members_of(t.input_schema), "type")) != "object")
        return no("its input schema does not say that it is an object (\"type\":\"object\")");
    return name;
}

}  // namespace detail

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_FOREIGN_TOOL_HPP
