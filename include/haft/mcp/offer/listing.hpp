// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_OFFER_LISTING_HPP
#define HAFT_MCP_OFFER_LISTING_HPP

/// A tool as MCP lists it, and a result as MCP gives it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/text_buffer.hpp>
#include <haft/json/write_string.hpp>
#include <haft/mcp/wire/revision.hpp>
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

/// How a tool's result goes out. It depends on nothing but the two, so a server finds it once for each tool.
struct result_shape {
    bool structured = false;  ///< as structuredContent too, and the tool is listed with an outputSchema
    bool wrapped = false;     ///< there as `{"result": …}`, since until 2025-11-25 it must be an object
};

namespace detail {

/// Whether a schema is that of a plain text, or of one that may be missing, however many optionals lie around it.
HAFT_COLD inline bool is_plain_text(std::string_view schema) {
    const std::vector<json::member_piece> all = json::members_of(schema);
    if (all.size() != 1) return false;
    if (all[0].name == "type") return json::string_of(all[0].value) == "string";
    if (all[0].name != "anyOf") return false;
    bool text = false;
    for (const std::string_view choice : json::items_of(all[0].value)) {
        const std::vector<json::member_piece> one = json::members_of(choice);
        if (one.size() == 1 && one[0].name == "type" && json::string_of(one[0].value) == "null") continue;
        if (!is_plain_text(choice)) return false;
        text = true;
    }
    return text;
}

/// Appends an output schema as the schema of `{"result": …}`. References count from the root of the whole, so the
/// definitions move there.
HAFT_COLD inline void append_wrapped_schema(std::string& out, std::string_view schema) {
    std::string definitions;
    out += "{\"type\":\"object\",\"properties\":{\"result\":{";
    for (const json::member_piece& m : json::members_of(schema)) {
        if (m.name == "$defs" || m.name == "definitions") {
            json::append_compact(definitions.append(",").append(m.key).append(":"), m.value);
            continue;
        }
        if (out.back() != '{') out += ',';
        json::append_compact(out.append(m.key).append(":"), m.value);
    }
    out += "}},\"required\":[\"result\"],\"additionalProperties\":false";
    out.append(definitions).append("}");
}

}  // namespace detail

/// The shape of a tool's results. Plain text is not structured: it would only stand there twice.
HAFT_COLD inline result_shape result_shape_of(const tool& t, revision r) {
    if (r < revision::r2025_06_18 || t.output_schema.empty() || detail::is_plain_text(t.output_schema)) return {};
    return {true, !is_stateless(r) &&
                      json::string_of(json::value_of(json::members_of(t.output_schema), "type")) != "object"};
}

/// Appends a tool as it stands in the answer to tools/list. `name` is its portable one: MCP allows dots, but clients hand
/// names straight to providers that refuse them.
HAFT_COLD inline void append_tool(std::string& out, const tool& t, std::string_view name, revision r,
                                  result_shape shape) {
    append_all(out, {"{\"name\":", json::string_text(name)});
    if (r >= revision::r2025_06_18 && !t.title.empty()) append_all(out, {",\"title\":", json::string_text(t.title)});
    if (!t.description.empty()) append_all(out, {",\"description\":", json::string_text(t.description)});
    json::append_compact(out += ",\"inputSchema\":", t.input_schema);  // one written by hand may hold line ends
    if (shape.structured) {
        out += ",\"outputSchema\":";
        if (shape.wrapped) detail::append_wrapped_schema(out, t.output_schema);
        else json::append_compact(out, t.output_schema);
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
inline void append_tool(std::string& out, const tool& t, std::string_view name, revision r) {
    append_tool(out, t, name, r, result_shape_of(t, r));
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

/// What was attached, and the notes; `blocks` stand there already.
inline void put_other_blocks(json::text_buffer& out, std::size_t blocks, revision r, const content& attachments,
                             const std::vector<note>& notes) {
    for (const content_block& block : attachments) {
        if (blocks++) out.put(',');
        append_known_block(out.flushed(), block, r);
    }
    if (!notes.empty()) append_notes(out.flushed(), blocks, notes);
}

}  // namespace detail

/// What stands in an answer from its result on before the text of a result that is written there.
inline constexpr std::string_view before_text_in_result = R"(,"result":{"content":[{"type":"text","text":")";

/// Writes what comes after such a text, to the end of the result.
inline void put_rest_of_result(json::text_buffer& out, revision r, const content& attachments,
                               const std::vector<note>& notes) {
    out.put_literal("\"}");
    detail::put_other_blocks(out, 1, r, attachments, notes);
    out.put_literal(R"(],"isError":false})");
}

/// Writes the result of a call: `text` as the result_writer of that form left it, what was attached, and a text
/// `Note: …` for each thing that lenient reading has changed. `head` is what begins it, before its first member.
inline void put_result(json::text_buffer& out, result_shape shape, revision r, result_form form, std::string_view text,
                       const content& attachments = {}, const std::vector<note>& notes = {}, std::string_view head = "{") {
    out.put(head);
    out.put_literal(R"("content":[)");
    const bool has_text = form == result_form::text || form == result_form::json;
    if (has_text) detail::put_text_block(out, text);
    detail::put_other_blocks(out, has_text, r, attachments, notes);
    out.put_literal("]");
    const bool any_form = shape.wrapped || (shape.structured && is_stateless(r));  // else it is an object
    if (shape.structured && form != result_form::blocks && (any_form || form == result_form::json)) {
        out.put_literal(R"(,"structuredContent":)");
        if (shape.wrapped) out.put_literal(R"({"result":)");
        if (form == result_form::json) out.put(text);
        else if (form == result_form::text) json::put_string(out, text);
        else out.put_literal("null");  // of an optional without a value there is no text
        if (shape.wrapped) out.put_literal("}");
    }
    out.put_literal(R"(,"isError":false})");
}

/// Writes the result of a call that gave an error: a text that the model can act on.
HAFT_COLD inline void put_error(json::text_buffer& out, const error& e, const std::vector<note>& notes = {},
                                std::string_view head = "{") {
    out.put(head);
    out.put_literal(R"("content":[)");
    detail::put_text_block(out, concat({"Error: ", e.text()}));
    detail::append_notes(out.flushed(), 1, notes);
    out.put_literal(R"(],"isError":true})");
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_OFFER_LISTING_HPP
