// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_OPENAI_HPP
#define HAFT_FORMAT_OPENAI_HPP

/// OpenAI's function calling, and that of the many that speak like it: tools out, calls in, results out, in both of its
/// forms, chat completions and responses.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/format/call.hpp>
#include <haft/format/default_gap.hpp>
#include <haft/format/export.hpp>
#include <haft/format/openai_schema.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/write_string.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::formats::openai {

enum class api : unsigned char {
    chat,       ///< `/chat/completions`: `{"type":"function","function":{…}}`, `tool_calls`, messages of role `tool`
    responses,  ///< `/responses`: flat tools, items `function_call` and `function_call_output`
};

struct options {
    openai::api api = api::chat;
    bool strict = false;                     ///< strict where the schema can be; see openai_strict_schema
    std::size_t longest_description = 1024;  ///< code points, then it is cut; 0 for no limit. (A limit of the API.)
};

/// Appends a tool under that name. Gives why it is not strict, where that was asked for; else "".
HAFT_COLD inline std::string append_tool(std::string& out, const tool& t, std::string_view name,
                                         const options& o = {}) {
    dialect_schema strict;
    if (o.strict) strict = formats::detail::strict_schema_of(t, &openai_strict_schema);
    const bool is_strict = o.strict && strict;
    append_all(out, {"{\"type\":\"function\",", o.api == api::chat ? "\"function\":{" : "",
                     "\"name\":", json::string_text(name)});
    if (!t.description.empty()) {
        std::string_view words = t.description;
        const bool too_long = o.longest_description && count_code_points(words) > o.longest_description;
        if (too_long) {
            std::size_t end = 0;
            for (std::size_t n = 0; n < o.longest_description; ++n)  // room for the dots is the last of them
                end += utf8_length(words.data() + end, words.data() + words.size());
            while (end > 0 && (static_cast<unsigned char>(words[--end]) & 0xC0u) == 0x80u) {}
            words = words.substr(0, end);
        }
        append_all(out, {",\"description\":", json::string_text(concat({words, too_long ? "\xE2\x80\xA6" : ""}))});
    }
    json::append_compact(out += ",\"parameters\":", is_strict ? std::string_view(strict.text) : t.input_schema);
    // Responses are strict unless told otherwise, chat is not.
    if (is_strict) out += ",\"strict\":true";
    else if (o.api == api::responses) out += ",\"strict\":false";
    out += o.api == api::chat ? "}}" : "}";
    return formats::detail::with_reason("is not strict: ", strict.obstacle);
}

/// The request's `tools`.
HAFT_COLD inline exported_tools tools(const name_map& names, const options& o = {}) {
    return formats::detail::export_tools(
        names,
        [](std::string& out, const tool& t, std::string_view name, const void* how) {
            return append_tool(out, t, name, *static_cast<const options*>(how));
        },
        &o);
}

/// Reads the calls of a chat message: `tool_calls`, or the message that holds them. Errors (E0230) say what is wrong and
/// where. Arguments are handed on as they are; if they are no JSON, the tool's answer says so.
inline result<std::vector<call>> read_chat_calls(std::string_view json) {
    const formats::detail::call_reader reader("OpenAI tool calls");
    return reader.list(json, "tool_calls",
                       [&](std::string_view text, const std::string& where, std::vector<call>& out) -> result<void> {
                           const auto item = reader.object(where, text);
                           if (!item) return item.error();
                           if (const std::string_view type = json::value_of(*item, "type");
                               !type.empty() && type != "\"function\"")
                               return reader.fail(where + "/type", "\"function\"", type);
                           const auto id = reader.string(where, *item, "id");
                           if (!id) return id.error();
                           const auto function = reader.object(where + "/function", json::value_of(*item, "function"));
                           if (!function) return function.error();
                           const auto name = reader.string(where + "/function", *function, "name");
                           if (!name) return name.error();
                           const std::string_view arguments = json::value_of(*function, "arguments");
                           if (!arguments.starts_with('"'))
                               return reader.fail(where + "/function/arguments", "JSON in a string", arguments);
                           out.push_back({*id, *name, json::string_of(arguments)});
                           return {};
                       });
}

/// Reads the calls of a response: its `output`, or the response that holds it. Items of other types are passed over.
inline result<std::vector<call>> read_responses_calls(std::string_view json) {
    const formats::detail::call_reader reader("OpenAI response");
    return reader.list(json, "output",
                       [&](std::string_view text, const std::string& where, std::vector<call>& out) -> result<void> {
                           const auto item = reader.object(where, text);
                           if (!item) return item.error();
                           if (json::value_of(*item, "type") != "\"function_call\"") return {};
                           const auto id = reader.string(where, *item, "call_id");
                           if (!id) return id.error();
                           const auto name = reader.string(where, *item, "name");
                           if (!name) return name.error();
                           const std::string_view arguments = json::value_of(*item, "arguments");
                           if (!arguments.starts_with('"'))
                               return reader.fail(where + "/arguments", "JSON in a string", arguments);
                           out.push_back({*id, *name, json::string_of(arguments)});
                           return {};
                       });
}

inline result<std::vector<call>> read_calls(std::string_view json, api form = api::chat) {
    return form == api::chat ? read_chat_calls(json) : read_responses_calls(json);
}

/// Appends the answer to one call: a message of role `tool`, or an item `function_call_output`. (There is no mark for an
/// error but the text, and images are told in words: neither form is sure to take them.)
inline void append_result(std::string& out, const answer& a, api form = api::chat) {
    out +=
        form == api::chat ? "{\"role\":\"tool\",\"tool_call_id\":" : "{\"type\":\"function_call_output\",\"call_id\":";
    json::append_string(out, a.id);
    out += form == api::chat ? ",\"content\":" : ",\"output\":";
    json::append_string(out, a.in_words());
    out += '}';
}

}  // namespace haft::inline v0::formats::openai

#endif  // HAFT_FORMAT_OPENAI_HPP
