// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MOUNTED_TOOL_HPP
#define HAFT_HOST_MOUNTED_TOOL_HPP

/// A tool of an MCP server as a tool of haft's, `server.tool`: its schema looked at first, its arguments checked where haft knows all
/// of the schema, and called only while it is what it was. [IO-04, fault 105]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/mcp/client/call_result.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/mcp/client/server_connection.hpp>
#include <haft/mcp/wire/header_parameters.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/argument_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/owned_words.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/written/written_schema.hpp>

#include <cstddef>
#include <memory>
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

struct mounted_tool {
    std::shared_ptr<mcp::server_connection> server;
    std::string remote_name;
    mcp::tool_print agreed;
    bool accepts_changes;
    std::string input_schema, output_schema;
    std::optional<written_schema> parameters;  // nothing: the schema has what haft does not know, and the server checks alone
    haft::detail::owned_words words;

    mounted_tool(std::shared_ptr<mcp::server_connection> on, const mcp::remote_tool& t, std::string_view name, bool accepts)
        : server(std::move(on)),
          remote_name(t.name),
          agreed(mcp::print_of(t)),
          accepts_changes(accepts),
          input_schema(t.input_schema),
          output_schema(t.output_schema),
          words(name, {.description = t.description, .title = t.title, .effect = t.effect, .hints = t.hints}) {
        if (result<written_schema> known = written_schema::compile(without_dialect(input_schema))) parameters = std::move(*known);
    }

    std::string said() const { return concat({"tool ", in_quotes(remote_name), " of MCP server ", in_quotes(server->name())}); }
    bool fits(std::string_view given, const call_context& context, result_writer& out) const {
        if (!parameters) {
            if (json::is_json(given) && given.find_first_not_of(" \t\r\n") == given.find('{')) return true;
            out.fail({errc::bad_server_message, concat({said(), " takes a JSON object"})});
            return false;
        }
        checked_value found = parameters->validate(given, context.options.limits, {.null_is_absence = true});
        if (found.ok()) return true;
        out.fail(haft::detail::refused_arguments(context.tool_name, std::move(found.faults), found.more_faults));
        return false;
    }
    /// Whether it is what it was, as far as the server has told.
    result<void> is_what_it_was() const {
        if (accepts_changes) return {};
        result<std::optional<mcp::tool_print>> now = server->print_now(remote_name);
        if (!now) return std::move(now.error());
        if (!*now) return error{errc::server_tool_changed, concat({said(), " is not there any more"})};
        if (**now == agreed) return {};
        return error{errc::server_tool_changed, concat({said(), " is not what it was when it was mounted: ", (*now)->difference(agreed),
                                                        " changed; it is not called"})};
    }

    static void execute(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const mounted_tool*>(self);
        haft::detail::guarded(context, out, [&] {
            std::string kept;
            const std::string_view given = haft::detail::argument_text(arguments, context.options, kept);
            if (!own.fits(given, context, out)) return;
            if (result<void> same = own.is_what_it_was(); !same) return out.fail(std::move(same.error()));
            result<std::string> got = own.server->call(own.remote_name, given, context.stop_token(), context.options.listener,
                                                           context.options.asker);
            if (!got) return out.fail(std::move(got.error()));
            mcp::hand_on_result(*got, own.said(), out);
        });
    }
    static void validate(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const mounted_tool*>(self);
        haft::detail::guarded(context, out, [&] {
            std::string kept;
            own.fits(haft::detail::argument_text(arguments, context.options, kept), context, out);
        });
    }
};

}  // namespace detail

/// Adds a tool of a server to a set, as `server.tool`. An error (E0428) says why it can't be; other ones are the set's own, which tells
/// them itself.
HAFT_COLD inline result<void> mount_tool(toolset& to, std::shared_ptr<mcp::server_connection> server, const mcp::remote_tool& t,
                                         bool accepts_changes = false) {
    const auto no = [&](std::string_view why) {
        return error{errc::bad_server_tool,
                     concat({"tool ", in_quotes(t.name.substr(0, 200)), " of MCP server ", in_quotes(server->name()), " is left out: ", why})};
    };
    const std::string name = concat({server->name(), ".", t.name});
    if (!legal_tool_name(name)) return no(concat({"no tool can be named ", in_quotes(name.substr(0, 300)), "; 1 to 128 of A-Z a-z 0-9 _ - . are"}));
    for (std::size_t i = 0; i < to.size(); ++i)  // a set that has refused something is no plugin's
        if (to[i].name == name) return no("the server has two tools of that name; the first one stays");
    for (const auto& [which, schema] : {std::pair<std::string_view, std::string_view>("input", t.input_schema), {"output", t.output_schema}}) {
        if (schema.empty()) continue;
        if (const std::string problem = detail::problem_of_foreign_schema(schema); !problem.empty())
            return no(concat({"its ", which, " schema ", problem}));
    }
    if (t.only_as_task) return no("it can be called as a task only, and tasks are not built yet");
    if (json::string_of(json::value_of(json::members_of(t.input_schema), "type")) != "object")
        return no("its input schema does not say that it is an object (\"type\":\"object\")");
    if (const std::string problem = mcp::problem_of_header_parameters(t.input_schema); !problem.empty()) return no(problem);
    detail::mounted_tool* kept = nullptr;
    shared_thing keeper = shared_thing::make<detail::mounted_tool>(kept, std::move(server), t, name, accepts_changes);
    tool described = kept->words.described();
    described.input_schema = kept->input_schema;
    described.output_schema = kept->output_schema;
    described.runs(&detail::mounted_tool::execute, kept, &detail::mounted_tool::validate);
    return to.add(described, std::move(keeper));
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_MOUNTED_TOOL_HPP
