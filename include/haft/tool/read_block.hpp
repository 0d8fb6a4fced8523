// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_READ_BLOCK_HPP
#define HAFT_TOOL_READ_BLOCK_HPP

/// Content blocks out of MCP's JSON objects: the way back of block_text.hpp.

#include <haft/core/base64.hpp>
#include <haft/core/config.hpp>
#include <haft/json/document.hpp>
#include <haft/tool/content.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// The text that a member says. False, and `out` as it was, if there is none of that name.
HAFT_COLD inline bool read_text_member(const json::document& in, std::uint32_t object, std::string_view name,
                                       std::string& out) {
    const std::uint32_t at = in[object].kind == json::value_kind::object ? in.find(object, name) : 0;
    if (!at || in[at].kind != json::value_kind::string) return false;
    out = in[at].text;
    return true;
}

/// Appends the block that stands at a place of a document (MCP 2025-11-25, server/tools, "Tool Result"). False, and nothing
/// appended, if it is none of those.
HAFT_COLD inline bool read_block(const json::document& in, std::uint32_t at, content& out) {
    const auto text_of = [&](std::uint32_t object, std::string_view name, std::string& to) {
        return read_text_member(in, object, name, to);
    };
    std::string type;
    if (!text_of(at, "type", type)) return false;
    if (type == "text") {
        std::string text;
        if (!text_of(at, "text", text)) return false;
        out.emplace_back(std::move(text));
    } else if (type == "image" || type == "audio") {
        std::string data, bytes, mime;
        if (!text_of(at, "data", data) || !append_base64_bytes(bytes, data) || !text_of(at, "mimeType", mime))
            return false;
        if (type == "image") out.emplace_back(image{std::move(bytes), std::move(mime)});
        else out.emplace_back(audio{std::move(bytes), std::move(mime)});
    } else if (type == "resource") {
        const std::uint32_t inner = in.find(at, "resource");
        resource r;
        if (!inner || !text_of(inner, "uri", r.uri)) return false;
        text_of(inner, "mimeType", r.mime_type);
        std::string text, bytes;
        if (text_of(inner, "blob", text)) {
            if (!append_base64_bytes(bytes, text)) return false;
            r.contents = std::vector<unsigned char>(bytes.begin(), bytes.end());
        } else if (text_of(inner, "text", text)) {
            r.contents = std::move(text);
        } else {
            return false;
        }
        out.emplace_back(std::move(r));
    } else if (type == "resource_link") {
        resource_link link;
        if (!text_of(at, "uri", link.uri) || !text_of(at, "name", link.name)) return false;
        text_of(at, "description", link.description);
        text_of(at, "mimeType", link.mime_type);
        out.emplace_back(std::move(link));
    } else {
        return false;
    }
    return true;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_READ_BLOCK_HPP
