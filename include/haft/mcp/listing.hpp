// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_LISTING_HPP
#define HAFT_MCP_LISTING_HPP

/// A tool as MCP lists it, and a result as MCP gives it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/text_buffer.hpp>
#include <haft/json/write_string.hpp>
#include <haft/mcp/revision.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace haft::inline v0::mcp {

/// Whether a result goes out as structuredContent too. Plain text does not: it would only stand there twice.
constexpr bool is_structured(const tool& t, revision r) noexcept {
    return r >= revision::r2025_06_18 && !t.output_schema.empty() && t.output_schema != "{\"type\":\"string\"}" &&
           t.output_schema != "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}";  // std::optional<std::string>
}
/// Until 2025-11-25 structured content must be an object; anything else is wrapped as `{"result": …}`.
constexpr bool is_object(const tool& t) noexcept { return t.output_schema.starts_with("{\"type\":\"object\""); }

/// Appends a tool as it stands in the answer to tools/list. `name` is its portable one: MCP allows dots, but clients hand
/// names straight to providers that refuse them.
HAFT_COLD inline void append_tool(std::string& out, const tool& t, std::string_view name, revision r) {
    append_all(out, {"{\"name\":", json::string_text(name)});
    if (r >= revision::r2025_06_18 && !t.title.empty()) append_all(out, {",\"title\":", json::string_text(t.title)});
    if (!t.description.empty()) append_all(out, {",\"description\":", json::string_text(t.description)});
    json::append_compact(out += ",\"inputSchema\":", t.input_schema);  // one written by hand may hold line ends
    if (is_structured(t, r)) {
        const bool wrapped = !is_object(t);
        out += wrapped ? ",\"outputSchema\":{\"type\":\"object\",\"properties\":{\"result\":" : ",\"outputSchema\":";
        json::append_compact(out, t.output_schema);
        if (wrapped) out += "},\"required\":[\"result\"],\"additionalProperties\":false}";
    }
    std::string annotations;
    const auto annotate = [&](std::string_view hint, bool value) {
        append_all(annotations, {annotations.empty() ? "\"" : ",\"", hint, value ? "\":true" : "\":false"});
    };
    if (t.effect != effect::unspecified) annotate("readOnlyHint", t.effect == effect::read_only);
    if (t.effect == effect::additive || t.effect == effect::destructive)
        annotate("destructiveHint", t.effect == effect::destructive);
    if (has(t.hints, hints::idempotent)) annotate("idempotentHint", true);
    if (has(t.hints, hints::closed_world)) annotate("openWorldHint", false);
    if (r >= revision::r2025_03_26 && !annotations.empty()) append_all(out, {",\"annotations\":{", annotations, "}"});
    out += '}';
}

namespace detail {

/// Appends a block, or where the revision does not know its kind, what it is in words.
HAFT_COLD inline void append_known_block(std::string& out, const content_block& block, revision r) {
    const bool known = std::holds_alternative<audio>(block)           ? r >= revision::r2025_03_26
                       : std::holds_alternative<resource_link>(block) ? r >= revision::r2025_06_18
                                                                      : true;
    if (known) append_block(out, block);
    else append_text_block(out, block_words(block));
}

/// `blocks` stand there already.
HAFT_COLD inline void append_notes(std::string& out, std::size_t blocks, const std::vector<note>& notes) {
    for (const note& n : notes) {
        if (blocks++) out += ',';
        append_text_block(out, concat({"Note: ", n.text()}));
    }
}

inline void put_text_block(json::text_buffer& out, std::string_view text) {
    out.put_literal(R"({"type":"text","text":)");
    json::put_string(out, text);
    out.put_literal("}");
}

}  // namespace detail

/// Writes the result of a call: `text` as the result_writer of that form left it, what was attached, and a text
/// `Note: …` for each thing that lenient reading has changed.
inline void put_result(json::text_buffer& out, const tool& t, revision r, result_form form, std::string_view text,
                       const content& attachments = {}, const std::vector<note>& notes = {}) {
    out.put_literal(R"({"content":[)");
    const bool has_text = form == result_form::text || form == result_form::json;
    if (has_text) detail::put_text_block(out, text);
    std::size_t blocks = has_text;
    for (const content_block& block : attachments) {
        if (blocks++) out.put(',');
        detail::append_known_block(out.flushed(), block, r);
    }
    if (!notes.empty()) detail::append_notes(out.flushed(), blocks, notes);
    out.put_literal("]");
    if (is_structured(t, r)) {  // of an optional without a value there is no text, but null in the structure
        if (form == result_form::json && is_object(t)) {
            out.put_literal(R"(,"structuredContent":)");
            out.put(text);
        } else if (form == result_form::json) {
            out.put_literal(R"(,"structuredContent":{"result":)");
            out.put(text);
            out.put_literal("}");
        } else if (form == result_form::none && !is_object(t)) {
            out.put_literal(R"(,"structuredContent":{"result":null})");
        }
    }
    out.put_literal(R"(,"isError":false})");
}

/// Writes the result of a call that gave an error: a text that the model can act on.
HAFT_COLD inline void put_error(json::text_buffer& out, const error& e, const std::vector<note>& notes = {}) {
    out.put_literal(R"({"content":[)");
    detail::put_text_block(out, concat({"Error: ", e.text()}));
    detail::append_notes(out.flushed(), 1, notes);
    out.put_literal(R"(],"isError":true})");
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_LISTING_HPP
