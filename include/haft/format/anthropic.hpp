// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_ANTHROPIC_HPP
#define HAFT_FORMAT_ANTHROPIC_HPP

/// Tool use of Anthropic's messages API: tools out, `tool_use` blocks in, `tool_result` blocks out.

#include <haft/core/base64.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/format/anthropic_schema.hpp>
#include <haft/format/call.hpp>
#include <haft/format/default_gap.hpp>
#include <haft/format/export.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/write_string.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace haft::inline v0::formats::anthropic {

struct options {
    /// Strict where the schema can be; see anthropic_strict_schema. A request holds few strict tools, so mark those that
    /// need it.
    bool strict = false;
};

/// Appends a tool under that name. Gives why it is not strict, where that was asked for; else "".
HAFT_COLD inline std::string append_tool(std::string& out, const tool& t, std::string_view name,
                                         const options& o = {}) {
    dialect_schema strict;
    if (o.strict) strict = formats::detail::strict_schema_of(t, &anthropic_strict_schema);
    const bool is_strict = o.strict && strict;
    append_all(out, {"{\"name\":", json::string_text(name)});
    if (!t.description.empty()) append_all(out, {",\"description\":", json::string_text(t.description)});
    json::append_compact(out += ",\"input_schema\":", is_strict ? std::string_view(strict.text) : t.input_schema);
    out += is_strict ? ",\"strict\":true}" : "}";
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

/// Reads the `tool_use` blocks of a message's `content`, or of the message that holds it; other blocks are passed over.
/// Errors (E0230) say what is wrong and where.
inline result<std::vector<call>> read_calls(std::string_view json) {
    const formats::detail::call_reader reader("Anthropic message");
    return reader.list_or_text(
        json, "content", [&](std::string_view text, const std::string& where, std::vector<call>& out) -> result<void> {
            const auto block = reader.object(where, text);
            if (!block) return block.error();
            if (json::value_of(*block, "type") != "\"tool_use\"") return {};
            const auto id = reader.string(where, *block, "id");
            if (!id) return id.error();
            const auto name = reader.string(where, *block, "name");
            if (!name) return name.error();
            const std::string_view input = json::value_of(*block, "input");
            if (!input.starts_with('{')) return reader.fail(where + "/input", "an object", input);
            out.push_back({*id, *name, std::string(input)});
            return {};
        });
}

/// Whether the messages API takes images of that type ("Vision").
constexpr bool takes_image(std::string_view mime_type) noexcept {
    return mime_type == "image/png" || mime_type == "image/jpeg" || mime_type == "image/gif" ||
           mime_type == "image/webp";
}

/// Appends the answer to one call, a `tool_result` block for the next message of the user. Images go as images; what else
/// is no text is told in words.
inline void append_result(std::string& out, const answer& a) {
    out += "{\"type\":\"tool_result\",\"tool_use_id\":";
    json::append_string(out, a.id);
    out += ",\"content\":";
    if (a.blocks.empty()) {
        json::append_string(out, a.text);
    } else {
        out += '[';
        if (!a.text.empty()) append_text_block(out, a.text);
        for (const content_block& block : a.blocks) {
            if (out.back() != '[') out += ',';
            const auto* const picture = std::get_if<image>(&block);
            if (!picture || !takes_image(picture->mime_type)) {
                append_text_block(out, block_words(block));
                continue;
            }
            out += "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"";
            append_base64(out.append(picture->mime_type).append("\",\"data\":\""), picture->bytes);
            out += "\"}}";
        }
        out += ']';
    }
    out += a.is_error ? ",\"is_error\":true}" : "}";
}

}  // namespace haft::inline v0::formats::anthropic

#endif  // HAFT_FORMAT_ANTHROPIC_HPP
