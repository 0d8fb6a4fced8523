// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_PROMPTS_AND_RESOURCES_HPP
#define HAFT_MCP_SERVER_PROMPTS_AND_RESOURCES_HPP

/// The answers to prompts/get, resources/read and completion/complete, which server/calls.hpp and server/messages.hpp ask for.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/offer/listing.hpp>
#include <haft/mcp/offer/offer.hpp>
#include <haft/mcp/server/request_terms.hpp>
#include <haft/mcp/wire/message.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/call_context.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0::mcp {

namespace detail {

/// Values that are no strings stand as their JSON.
HAFT_COLD inline named_values read_values(std::string_view object) {
    named_values out;
    for (const json::member_piece& m : json::members_of(object))
        out.insert_or_assign(m.name, m.value.starts_with('"') ? json::string_of(m.value) : std::string(m.value));
    return out;
}

/// Does a step that gives a result; what it throws becomes an error.
template <class Step>
HAFT_COLD auto guarded_step(const call_options& how, Step step) -> decltype(step()) {
#if HAFT_HAS_EXCEPTIONS()
    try {
        return step();
    } catch (...) {
        return error{errc::tool_failed, how.show_exceptions ? haft::detail::caught_text() : "it failed", {}, 0, std::current_exception()};
    }
#else
    static_cast<void>(how);
    return step();
#endif
}

HAFT_COLD inline rpc_refusal refusal_of(const error& e) {
    const bool of_caller = e.code == errc::missing_variables || e.code == errc::invalid_arguments || e.code == errc::unknown_prompt ||
                           e.code == errc::resource_not_found;
    return {of_caller ? rpc_error::invalid_params : rpc_error::internal_error, e.text()};
}

}  // namespace detail

/// The prompt that a message names, or why there is none.
HAFT_COLD inline const prompt* find_prompt(const offered_prompts& all, std::string_view json_name, rpc_refusal& why) {
    if (!json_name.starts_with('"')) {
        why = {rpc_error::invalid_params, "\"name\" is missing or no string"};
        return nullptr;
    }
    const std::string name = json::string_of(json_name);
    if (const prompt* const found = all.find(name)) return found;
    nearest_name nearest(name);
    for (const prompt& p : all.all()) nearest.consider(p.name);
    why = {rpc_error::invalid_params,
           concat({"no prompt ", in_quotes(name), nearest.name().empty() ? "" : "; did you mean ",
                   nearest.name().empty() ? "" : in_quotes(nearest.name()), " [haft-E0479]"})};
    return nullptr;
}

/// Runs a prompt. An error that stands for a question that waits is the caller's to see.
HAFT_COLD inline result<prompt_messages> run_prompt(const prompt& p, std::string_view arguments, call_context& context) {
    named_values values = detail::read_values(arguments);
    std::string missing;
    for (const prompt_argument& a : p.arguments)
        if (a.required && !values.contains(a.name)) append_all(missing, {missing.empty() ? "" : ", ", a.name});
    if (!missing.empty())
        return error{errc::missing_variables, concat({"prompt ", in_quotes(p.name), " needs the arguments: ", missing})};
    if (!p.get) return prompt_messages{};
    return detail::guarded_step(context.options, [&] { return p.get(values, context); });
}

/// Appends a whole answer with what a prompt came to.
HAFT_COLD inline void append_prompt(std::string& out, std::string_view id, const request_terms& terms, const prompt& p,
                                    const prompt_messages& got) {
    append_result_head(out, id);
    out += terms.head;
    const std::string& description = got.description.empty() ? p.description : got.description;
    if (!description.empty()) append_all(out, {"\"description\":", json::string_text(description), ","});
    out += "\"messages\":[";
    for (const prompt_message& one : got.messages) {
        if (&one != got.messages.data()) out += ',';
        append_all(out, {"{\"role\":\"", name_of(one.role), "\",\"content\":"});
        detail::append_known_block(out, one.content, terms.r);
        out += '}';
    }
    out += "]}}";
}

/// Appends a whole answer with the contents of a resource.
HAFT_COLD inline void append_contents(std::string& out, std::string_view id, const request_terms& terms, std::string_view uri,
                                      const resource_contents& contents) {
    append_result_head(out, id);
    append_all(out, {terms.head, "\"contents\":["});
    for (const haft::resource& one : contents) {
        if (&one != contents.data()) out += ',';
        append_all(out, {"{\"uri\":", json::string_text(one.uri.empty() ? uri : std::string_view(one.uri))});
        haft::detail::append_member(out, "mimeType", one.mime_type);
        if (const auto* blob = std::get_if<1>(&one.contents)) haft::detail::append_bytes(out, "blob", bytes_of(*blob));
        else if (const auto* text = std::get_if<0>(&one.contents)) append_all(out, {",\"text\":", json::string_text(*text)});
        out += '}';
    }
    append_all(out, {"]", terms.read_hints, "}}"});
}

/// The error for a URI that stands for nothing: it has a code of its own until 2025-11-25.
HAFT_COLD inline rpc_refusal resource_refusal(const error& e, std::string_view uri, revision r) {
    if (e.code != errc::resource_not_found) return detail::refusal_of(e);
    return {is_stateless(r) ? rpc_error::invalid_params : rpc_error::resource_not_found, e.text(),
            concat({"{\"uri\":", json::string_text(uri), "}"})};
}

/// Appends a whole answer with values for an argument of a prompt or a variable of a template; none where nothing is proposed.
HAFT_COLD inline rpc_refusal append_completion(std::string& out, const message& m, const request_terms& terms, const offer& of,
                                               const call_options& how) {
    const auto params = json::members_of(m.params);
    const auto ref = json::members_of(json::value_of(params, "ref"));
    const auto argument = json::members_of(json::value_of(params, "argument"));
    const std::string_view type = json::value_of(ref, "type"), name = json::value_of(argument, "name"),
                           typed = json::value_of(argument, "value");
    if (!name.starts_with('"') || !typed.starts_with('"'))
        return {rpc_error::invalid_params, "\"argument\" has a \"name\" and a \"value\", both strings"};
    const std::string wanted = json::string_of(name);
    const completer* propose = nullptr;
    if (type == std::string_view("\"ref/prompt\"") && of.prompts) {
        rpc_refusal why;
        const prompt* const p = find_prompt(*of.prompts, json::value_of(ref, "name"), why);
        if (!p) return why;
        for (const prompt_argument& a : p->arguments)
            if (a.name == wanted) propose = &a.complete;
        if (!propose) return {rpc_error::invalid_params, concat({"prompt ", in_quotes(p->name), " has no argument ", in_quotes(wanted)})};
    } else if (type == std::string_view("\"ref/resource\"") && of.resources) {
        const std::string uri = json::string_of(json::value_of(ref, "uri"));
        if (const resource_template* const t = of.resources->find_template(uri)) {
            const auto found = t->complete.find(wanted);
            if (found != t->complete.end()) propose = &found->second;
        } else if (!of.resources->find(uri)) {
            return {rpc_error::invalid_params, concat({"no resource template ", in_quotes(uri)})};
        }
    } else {
        return {rpc_error::invalid_params, "\"ref\" is a ref/prompt with a \"name\" or a ref/resource with a \"uri\" of this server"};
    }
    result<std::vector<std::string>> values = std::vector<std::string>();
    if (propose && *propose) {
        const named_values others = detail::read_values(json::value_of(json::members_of(json::value_of(params, "context")), "arguments"));
        const std::string so_far = json::string_of(typed);
        values = detail::guarded_step(how, [&]() -> result<std::vector<std::string>> { return (*propose)(so_far, others); });
    }
    if (!values) return detail::refusal_of(values.error());
    constexpr std::size_t most = 100;
    append_result_head(out, m.id);
    append_all(out, {terms.head, R"("completion":{"values":[)"});
    for (std::size_t i = 0; i < (std::min)(values->size(), most); ++i) append_all(out, {i ? "," : "", json::string_text((*values)[i])});
    append_all(out, {R"(],"total":)", decimal(values->size()), R"(,"hasMore":)", values->size() > most ? "true" : "false", "}}}"});
    return {};
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_PROMPTS_AND_RESOURCES_HPP
