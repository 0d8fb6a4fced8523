// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_GEMINI_HPP
#define HAFT_FORMAT_GEMINI_HPP

/// Gemini's function calling: declarations out, `functionCall` parts in, `functionResponse` parts out.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/format/call.hpp>
#include <haft/format/export.hpp>
#include <haft/format/gemini_schema.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/write_string.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::formats::gemini {

enum class schema_form : unsigned char {
    json,     ///< `parametersJsonSchema`: the tool's schema as it is
    openapi,  ///< `parameters`, for what knows nothing else; see gemini_openapi_schema
};

struct options {
    schema_form schema = schema_form::json;
};

/// Appends a FunctionDeclaration under that name. A schema that has no OpenAPI form goes out as JSON Schema; the reason is
/// given then, else "". A tool without parameters has no `parameters`, since Gemini refuses an object of nothing.
HAFT_COLD inline std::string append_tool(std::string& out, const tool& t, std::string_view name,
                                         const options& o = {}) {
    dialect_schema openapi;
    if (o.schema == schema_form::openapi) openapi = gemini_openapi_schema(t.input_schema);
    append_all(out, {"{\"name\":", json::string_text(name)});
    if (!t.description.empty()) append_all(out, {",\"description\":", json::string_text(t.description)});
    if (o.schema == schema_form::json || !openapi)
        json::append_compact(out += ",\"parametersJsonSchema\":", t.input_schema);
    else if (openapi.text.find("\"properties\"") != std::string::npos)
        append_all(out, {",\"parameters\":", openapi.text});
    out += '}';
    return formats::detail::with_reason("has no OpenAPI form: ", openapi.obstacle);
}

/// The `functionDeclarations` of the request's one tool.
HAFT_COLD inline exported_tools tools(const name_map& names, const options& o = {}) {
    return formats::detail::export_tools(
        names,
        [](std::string& out, const tool& t, std::string_view name, const void* how) {
            return append_tool(out, t, name, *static_cast<const options*>(how));
        },
        &o);
}

/// Reads the `functionCall` parts of a content's `parts`, or of the content that holds them; other parts are passed over.
/// A call may lack an id, and arguments if there are none. Errors (E0230) say what is wrong and where.
inline result<std::vector<call>> read_calls(std::string_view json) {
    const formats::detail::call_reader reader("Gemini content");
    return reader.list(json, "parts",
                       [&](std::string_view text, const std::string& where, std::vector<call>& out) -> result<void> {
                           const auto part = reader.object(where, text);
                           if (!part) return part.error();
                           const std::string_view value = json::value_of(*part, "functionCall");
                           if (value.empty()) return {};
                           const std::string inside = where + "/functionCall";
                           const auto function = reader.object(inside, value);
                           if (!function) return function.error();
                           const auto name = reader.string(inside, *function, "name");
                           if (!name) return name.error();
                           const std::string_view id = json::value_of(*function, "id");
                           if (!id.empty() && !id.starts_with('"')) return reader.fail(inside + "/id", "a string", id);
                           const std::string_view args = json::value_of(*function, "args");
                           if (!args.empty() && !args.starts_with('{'))
                               return reader.fail(inside + "/args", "an object", args);
                           out.push_back({json::string_of(id), *name, std::string(args.empty() ? "{}" : args)});
                           return {};
                       });
}

/// Appends the answer to one call, a `functionResponse` part: what the tool gave under `output`, an error under `error`,
/// what was attached to a value in words under `attachments`.
inline void append_result(std::string& out, const answer& a) {
    out += "{\"functionResponse\":{";
    if (!a.id.empty()) out += "\"id\":", json::append_string(out, a.id), out += ',';
    out += "\"name\":";
    json::append_string(out, a.name);
    out += a.is_error ? ",\"response\":{\"error\":" : ",\"response\":{\"output\":";
    const bool only_blocks = a.text.empty() && !a.blocks.empty();
    if (a.is_json) out += a.text;
    else json::append_string(out, only_blocks ? a.in_words() : a.text);
    if (!only_blocks && !a.blocks.empty()) {
        out += ",\"attachments\":[";
        for (const content_block& block : a.blocks) {
            if (out.back() != '[') out += ',';
            json::append_string(out, block_words(block));
        }
        out += ']';
    }
    out += "}}}";
}

}  // namespace haft::inline v0::formats::gemini

#endif  // HAFT_FORMAT_GEMINI_HPP
