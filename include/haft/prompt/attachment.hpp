// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_ATTACHMENT_HPP
#define HAFT_PROMPT_ATTACHMENT_HPP

/// What goes beside a prompt: a file, something at a URL, or bytes; its id, its type, and its content. [TF-06]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>
#include <haft/json/string_text.hpp>
#include <haft/prompt/fetch.hpp>
#include <haft/prompt/media_type.hpp>
#include <haft/prompt/prefix.hpp>
#include <haft/tool/content.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Exactly one of `path`, `url` and `bytes` is given.
struct attachment {
    std::string path = {};
    std::string url = {};
    std::string bytes = {};
    std::string type = {};  ///< media type; "": it is found out

    bool operator==(const attachment&) const = default;
};

/// How attachments are read.
struct attachment_access {
    std::size_t max_bytes = std::size_t{20} << 20;
    fetch_function fetch = {};  ///< empty: no URL is fetched
};

namespace detail {

HAFT_COLD inline error bad_attachment(const attachment& a, std::string_view what) {
    const std::string& where = a.path.empty() ? a.url : a.path;
    const std::string who = where.empty() ? "of bytes" : in_quotes(where);
    return {errc::bad_attachment, concat({"the attachment ", who, ": ", what})};
}

HAFT_COLD inline result<void> check_attachment(const attachment& a) {
    const int given = (a.path.empty() ? 0 : 1) + (a.url.empty() ? 0 : 1) + (a.bytes.empty() ? 0 : 1);
    if (given == 0) return error{errc::bad_attachment, "an attachment needs a path, a URL or bytes, and this has none"};
    if (given > 1) return bad_attachment(a, "it has more than one of path, URL and bytes");
    if (!a.url.empty() && !is_url(a.url)) return bad_attachment(a, "this is no http or https URL");
    if (!a.type.empty() && !is_media_type(a.type))
        return bad_attachment(a, concat({in_quotes(a.type), " is no media type such as image/png"}));
    return {};
}

/// The bytes of an attachment, and the type that came with them from a URL.
HAFT_COLD inline result<fetched> read_attachment(const attachment& a, const attachment_access& access) {
    if (result<void> sound = check_attachment(a); !sound) return std::move(sound.error());
    if (!a.url.empty()) {
        result<fetched> got = detail::fetch(access.fetch, a.url, access.max_bytes);
        if (!got) return bad_attachment(a, mended(got.error().message));
        return got;
    }
    fetched out;
    if (!a.path.empty()) {
        std::string why;
        if (!read_file(a.path, access.max_bytes, out.bytes, why)) return bad_attachment(a, why);
        return out;
    }
    if (a.bytes.size() > access.max_bytes)
        return bad_attachment(a, concat({"it has ", decimal(a.bytes.size()), " bytes; at most ",
                                         decimal(access.max_bytes), " are sent"}));
    out.bytes = a.bytes;
    return out;
}

/// A text as a JSON string of ASCII alone, as Python's json.dumps writes it.
HAFT_COLD inline std::string ascii_string(std::string_view text) {
    std::string out;
    for (const std::string json = json::string_text(text); const char& c : json) {
        if ((static_cast<unsigned char>(c) & 0x80u) == 0) out += c;
        if ((static_cast<unsigned char>(c) & 0xC0u) != 0xC0u) continue;
        const auto put = [&](std::uint32_t unit) {
            out += "\\u";
            for (unsigned shift = 16; shift > 0;) out += "0123456789abcdef"[unit >> (shift -= 4) & 15];
        };
        const std::uint32_t u = utf8_length(&c, json.data() + json.size()) ? code_point(&c) : 0xFFFD;
        if (u >= 0x10000) put(0xD800 + ((u - 0x10000) >> 10)), put(0xDC00 + ((u - 0x10000) & 0x3FF));
        else put(u);
    }
    return out;
}

/// The type by what is known without the content; "" if that says nothing.
HAFT_COLD inline std::string type_before_reading(const attachment& a) {
    if (!a.type.empty()) return a.type;
    if (!a.url.empty()) {
        const std::string_view rest = std::string_view(a.url).substr(a.url.find("//") + 2);
        const std::string_view path = rest.substr(0, rest.find_first_of("?#"));
        const std::size_t slash = path.find('/');  // "example.com" is no name of a file
        return std::string(slash == path.npos ? "" : media_type_of_name(path.substr(slash)));
    }
    return std::string(media_type_of_name(a.path));
}

HAFT_COLD inline result<std::string> type_of_read(const attachment& a, const fetched& got) {
    if (std::string type = type_before_reading(a); !type.empty()) return type;
    const std::string_view told = std::string_view(got.content_type).substr(0, got.content_type.find(';'));
    if (is_media_type(told)) return std::string(told);
    if (const std::string_view type = media_type_of_content(got.bytes); !type.empty()) return std::string(type);
    return bad_attachment(a,
                          "its type can't be told, by its name or by its content; give it a type, such as image/png");
}

}  // namespace detail

/// SHA-256 of the content, in 64 hexadecimal digits; of a URL that of `{"url": "https://…"}`, which nobody has to fetch (llm's
/// ids). An error (E0337): it can't be read.
HAFT_COLD inline result<std::string> attachment_id(const attachment& a, const attachment_access& access = {}) {
    if (result<void> sound = detail::check_attachment(a); !sound) return std::move(sound.error());
    if (!a.url.empty()) return sha256_of(concat({"{\"url\": ", detail::ascii_string(a.url), "}"}));
    result<fetched> read = detail::read_attachment(a, access);
    if (!read) return std::move(read.error());
    return sha256_of(read->bytes);
}

/// Its media type: the one that was given; or by the extension of its path; or what the URL's server says; or by its content. An
/// error (E0337): none of these tells. Reads it only where it has to.
HAFT_COLD inline result<std::string> attachment_type(const attachment& a, const attachment_access& access = {}) {
    if (result<void> sound = detail::check_attachment(a); !sound) return std::move(sound.error());
    if (std::string type = detail::type_before_reading(a); !type.empty()) return type;
    result<fetched> read = detail::read_attachment(a, access);
    if (!read) return std::move(read.error());
    return detail::type_of_read(a, *read);
}

/// It as a part of a message: an image, a sound, a text, or a resource of any other type.
HAFT_COLD inline result<content_block> attachment_block(const attachment& a, const attachment_access& access = {}) {
    result<fetched> read = detail::read_attachment(a, access);
    if (!read) return std::move(read.error());
    result<std::string> type = detail::type_of_read(a, *read);
    if (!type) return std::move(type.error());
    if (type->starts_with("image/")) return content_block(image{std::move(read->bytes), std::move(*type)});
    if (type->starts_with("audio/")) return content_block(audio{std::move(read->bytes), std::move(*type)});
    resource out{.uri = !a.url.empty() ? a.url : concat({"sha256:", sha256_of(read->bytes)}), .mime_type = *type};
    if (type->starts_with("text/")) out.contents = std::move(read->bytes);
    else out.contents = std::vector<unsigned char>(read->bytes.begin(), read->bytes.end());
    return content_block(std::move(out));
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_ATTACHMENT_HPP
