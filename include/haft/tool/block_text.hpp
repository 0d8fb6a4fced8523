// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_BLOCK_TEXT_HPP
#define HAFT_TOOL_BLOCK_TEXT_HPP

/// Content blocks as text: as MCP's JSON objects, and in words for who can't be shown them.

#include <haft/core/base64.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/write_string.hpp>
#include <haft/tool/content.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace haft::inline v0 {

/// The bytes as characters.
inline std::string_view bytes_of(const std::vector<unsigned char>& blob) noexcept {
    return {reinterpret_cast<const char*>(blob.data()), blob.size()};
}

namespace detail {

/// Appends `,"key":"text"` unless the text is empty.
HAFT_COLD inline void append_member(std::string& out, std::string_view key, std::string_view text) {
    if (text.empty()) return;
    append_all(out, {",\"", key, "\":", json::string_text(text)});
}
HAFT_COLD inline void append_bytes(std::string& out, std::string_view key, std::string_view bytes) {
    append_all(out, {",\"", key, "\":\""});
    append_base64(out, bytes);
    out += '"';
}

}  // namespace detail

/// Appends a text as a content block.
inline void append_text_block(std::string& out, std::string_view text) {
    out += "{\"type\":\"text\",\"text\":";
    json::append_string(out, text);
    out += '}';
}

/// Appends a block as MCP 2025-11-25 writes it: `{"type":"image","data":"iVBO…","mimeType":"image/png"}`.
HAFT_COLD inline void append_block(std::string& out, const content_block& block) {
    const auto file = [&](std::string_view type, std::string_view bytes, std::string_view mime_type) {
        append_all(out, {"{\"type\":\"", type, "\""});
        detail::append_bytes(out, "data", bytes);
        append_all(out, {",\"mimeType\":", json::string_text(mime_type), "}"});
    };
    if (const auto* text = std::get_if<std::string>(&block)) {
        append_text_block(out, *text);
    } else if (const auto* picture = std::get_if<image>(&block)) {
        file("image", picture->bytes, picture->mime_type);
    } else if (const auto* sound = std::get_if<audio>(&block)) {
        file("audio", sound->bytes, sound->mime_type);
    } else if (const auto* whole = std::get_if<resource>(&block)) {
        append_all(out, {"{\"type\":\"resource\",\"resource\":{\"uri\":", json::string_text(whole->uri)});
        detail::append_member(out, "mimeType", whole->mime_type);
        if (const auto* blob = std::get_if<1>(&whole->contents)) detail::append_bytes(out, "blob", bytes_of(*blob));
        else if (const auto* written = std::get_if<0>(&whole->contents))
            append_all(out, {",\"text\":", json::string_text(*written)});
        out += "}}";
    } else if (const auto* link = std::get_if<resource_link>(&block)) {
        append_all(out, {"{\"type\":\"resource_link\",\"uri\":", json::string_text(link->uri), ",\"name\":",
                         json::string_text(link->name.empty() ? link->uri : link->name)});  // MCP wants one
        detail::append_member(out, "description", link->description);
        detail::append_member(out, "mimeType", link->mime_type);
        out += '}';
    } else {
        append_text_block(out, "");  // a variant that lost its value
    }
}

/// Appends all blocks as one JSON array.
HAFT_COLD inline void append_blocks(std::string& out, const content& blocks) {
    out += '[';
    for (const content_block& block : blocks) {
        if (&block != blocks.data()) out += ',';
        append_block(out, block);
    }
    out += ']';
}

/// A block for who can only be shown text: texts as they are, `[image/png, 3456 bytes]`, `[file:///a.bin, 12 bytes]`,
/// `name: uri`.
HAFT_COLD inline std::string block_words(const content_block& block) {
    const auto file = [](std::string_view what, std::size_t bytes) {
        return concat({"[", what, ", ", decimal(bytes), bytes == 1 ? " byte]" : " bytes]"});
    };
    if (const auto* text = std::get_if<std::string>(&block)) return *text;
    if (const auto* picture = std::get_if<image>(&block)) return file(picture->mime_type, picture->bytes.size());
    if (const auto* sound = std::get_if<audio>(&block)) return file(sound->mime_type, sound->bytes.size());
    if (const auto* whole = std::get_if<resource>(&block)) {
        if (const auto* written = std::get_if<0>(&whole->contents)) return *written;
        const std::string what = concat({whole->uri, whole->mime_type.empty() ? "" : ", ", whole->mime_type});
        const auto* blob = std::get_if<1>(&whole->contents);
        return file(what, blob ? blob->size() : 0);
    }
    if (const auto* link = std::get_if<resource_link>(&block)) {
        const bool described = !link->description.empty();
        return concat({link->name, link->name.empty() ? "" : ": ", link->uri, described ? " (" : "", link->description,
                       described ? ")" : ""});
    }
    return {};
}

/// How much of a block is text and how much are bytes that only a program reads. All its texts count: a type or a URI is read
/// too, and may be as long as its author likes.
struct block_size {
    std::size_t text = 0;
    std::size_t binary = 0;
};
HAFT_COLD inline block_size size_of(const content_block& block) noexcept {
    if (const auto* text = std::get_if<std::string>(&block)) return {text->size(), 0};
    if (const auto* picture = std::get_if<image>(&block)) return {picture->mime_type.size(), picture->bytes.size()};
    if (const auto* sound = std::get_if<audio>(&block)) return {sound->mime_type.size(), sound->bytes.size()};
    if (const auto* whole = std::get_if<resource>(&block)) {
        const std::size_t about = whole->uri.size() + whole->mime_type.size();
        const auto* written = std::get_if<0>(&whole->contents);
        const auto* blob = std::get_if<1>(&whole->contents);
        return {about + (written ? written->size() : 0), blob ? blob->size() : 0};
    }
    if (const auto* link = std::get_if<resource_link>(&block))
        return {link->uri.size() + (link->name.empty() ? link->uri : link->name).size() + link->description.size() +
                    link->mime_type.size(),
                0};
    return {};
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_BLOCK_TEXT_HPP
