// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_CALL_RESULT_HPP
#define HAFT_MCP_CLIENT_CALL_RESULT_HPP

/// The result of a tool of a server as a result of haft's: the way back of mcp/offer/listing.hpp's put_result.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/read_block.hpp>
#include <haft/tool/result_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace haft::inline v0::mcp {

namespace detail {
/// Whether a text beside a structured value is that value, or one of its members, once more.
HAFT_COLD inline bool says_the_same(std::string_view text, std::string_view structured) {
    if (json::is_json(text)) return true;
    for (const json::member_piece& one : json::members_of(structured))
        if (one.value.starts_with('"') && json::string_of(one.value) == text) return true;
    return false;
}
/// What a failed tool says. A server of haft's puts the code at the end, as error::text() does, and it is the error's again.
HAFT_COLD inline error error_said(std::string words) {
    constexpr std::string_view before = " [haft-E0";
    const std::size_t at = words.rfind(before);
    if (at != words.npos && words.size() == at + before.size() + 4 && words.back() == ']') {
        unsigned number = 0;
        for (const char c : std::string_view(words).substr(at + before.size(), 3)) number = c >= '0' && c <= '9' ? number * 10 + static_cast<unsigned>(c - '0') : 10'000;
        if (number > 200 && number < 1000) {
            words.resize(at);
            return {static_cast<errc>(number), std::move(words)};
        }
    }
    return {errc::tool_failed, std::move(words)};
}
}  // namespace detail

/// Hands a result on. What is structured is the value, and of the text beside it only what is not the same once more; a single text
/// is a text; all else are blocks. A tool that failed fails, with its own words (E0210, or the code that stands there). What is no result is E0424; `of` names the
/// server and the tool for that.
HAFT_COLD inline void hand_on_result(std::string_view result, std::string_view of, result_writer& out) {
    const auto no = [&](std::string_view why) {
        out.fail({errc::bad_server_message, concat({of, " gives a result that is none: ", why, ": ", in_quotes(result.substr(0, 120))})});
    };
    json::document in;
    json::value_faults found;
    json::read_limits limits;
    limits.max_bytes = limits.max_string_bytes = limits.max_items = static_cast<std::size_t>(-1);  // the client has its own
    limits.max_depth = json::hard_depth_limit;
    if (!in.read(result, limits, found))
        return no(found.faults.empty() ? std::string_view("it is broken") : std::string_view(found.faults[0].message));
    const std::uint32_t blocks = in[0].kind == json::value_kind::object ? in.find(0, "content") : 0;
    const std::uint32_t failed = in.find(0, "isError");
    if (blocks && in[blocks].kind != json::value_kind::array) return no("its content is no list");
    if (failed && in[failed].kind != json::value_kind::boolean) return no("its isError is neither true nor false");
    const std::vector<json::member_piece> all = json::members_of(result);
    const std::string_view structured = json::value_of(all, "structuredContent");
    if (!blocks && structured.empty()) return no("it has no content");

    content given;
    if (blocks)
        for (std::uint32_t at = in.first_child(blocks); at < in[blocks].behind; at = in[at].behind) {
            if (haft::detail::read_block(in, at, given)) continue;
            std::string type;
            haft::detail::read_text_member(in, at, "type", type);
            given.emplace_back(concat({"(something of type ", in_quotes(type), " that is not known here, or is broken)"}));
        }
    if (json::value_of(all, "isError") == "true") {
        std::string words;
        for (const content_block& one : given)
            if (const auto* text = std::get_if<std::string>(&one)) append_all(words, {words.empty() ? "" : "\n", *text});
        if (words.starts_with("Error: ")) words.erase(0, 7);
        return out.fail(detail::error_said(words.empty() ? std::string("the tool failed and does not say why") : std::move(words)));
    }
    if (!structured.empty()) {
        const json_text value{structured};
        out.value(schema::type_of<json_text>, &value);
        for (content_block& one : given) {
            const auto* text = std::get_if<std::string>(&one);
            if (!text || !detail::says_the_same(*text, structured)) out.attach(std::move(one));
        }
        return;
    }
    if (given.size() == 1)
        if (const auto* text = std::get_if<std::string>(given.data())) return out.text(*text);
    for (content_block& one : given) out.attach(std::move(one));
    out.only_blocks();
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_CLIENT_CALL_RESULT_HPP
