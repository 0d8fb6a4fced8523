// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_MEDIA_TYPE_HPP
#define HAFT_PROMPT_MEDIA_TYPE_HPP

/// What kind of thing some bytes are: by the end of a file's name, or by how they begin. [TF-06]

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

namespace detail {

struct known_extension {
    std::string_view extension;
    std::string_view type;
};
inline constexpr std::array<known_extension, 28> known_extensions{{
    {"png", "image/png"},         {"jpg", "image/jpeg"},        {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},         {"webp", "image/webp"},       {"svg", "image/svg+xml"},
    {"bmp", "image/bmp"},         {"pdf", "application/pdf"},   {"wav", "audio/wav"},
    {"mp3", "audio/mpeg"},        {"ogg", "audio/ogg"},         {"oga", "audio/ogg"},
    {"flac", "audio/flac"},       {"m4a", "audio/mp4"},         {"mp4", "video/mp4"},
    {"mpeg", "video/mpeg"},       {"webm", "video/webm"},       {"mov", "video/quicktime"},
    {"txt", "text/plain"},        {"log", "text/plain"},        {"md", "text/markdown"},
    {"csv", "text/csv"},          {"htm", "text/html"},         {"html", "text/html"},
    {"xml", "application/xml"},   {"json", "application/json"}, {"yaml", "application/yaml"},
    {"toml", "application/toml"},
}};

constexpr bool same_letters(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != b[i]) return false;
    return true;
}

/// A frame of MPEG audio, layer III: eleven bits of sync, then what no reserved value may be.
constexpr bool begins_mp3_frame(std::string_view bytes) noexcept {
    if (bytes.size() < 4) return false;
    const auto at = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[i])); };
    const unsigned version = at(1) >> 3 & 3, layer = at(1) >> 1 & 3, bit_rate = at(2) >> 4, rate = at(2) >> 2 & 3;
    return at(0) == 0xFF && at(1) >> 5 == 7 && version != 1 && layer == 1 && bit_rate != 0 && bit_rate != 15 &&
           rate != 3;
}

}  // namespace detail

/// The type that a path or the path of a URL ends in, whatever stands in the file; "" if it is not known.
constexpr std::string_view media_type_of_name(std::string_view path) noexcept {
    const std::size_t slash = path.find_last_of("/\\");
    const std::string_view name = slash == path.npos ? path : path.substr(slash + 1);
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos || dot == 0) return {};
    for (const detail::known_extension& one : detail::known_extensions)
        if (detail::same_letters(name.substr(dot + 1), one.extension)) return one.type;
    return {};
}

/// The type of a file that begins so: PNG, JPEG, GIF, WebP, PDF, WAV, MP3, Ogg, MP4, or else text, if all of it is text; "" if
/// none of these.
constexpr std::string_view media_type_of_content(std::string_view bytes) noexcept {
    const auto has = [&](std::size_t at, std::string_view what) {
        return bytes.size() >= at + what.size() && bytes.substr(at, what.size()) == what;
    };
    if (has(0, "\x89PNG\r\n\x1A\n")) return "image/png";
    if (has(0, "\xFF\xD8\xFF")) return "image/jpeg";
    if (has(0, "GIF87a") || has(0, "GIF89a")) return "image/gif";
    if (has(0, "RIFF") && has(8, "WEBP")) return "image/webp";
    if (has(0, "RIFF") && has(8, "WAVE")) return "audio/wav";
    if (has(0, "%PDF-")) return "application/pdf";
    if (has(0, "OggS")) return "audio/ogg";
    if (has(4, "ftyp")) return has(8, "M4A ") ? "audio/mp4" : "video/mp4";
    if (has(0, "ID3") || detail::begins_mp3_frame(bytes)) return "audio/mpeg";
    if (!bytes.empty() && find_hidden(bytes, line_breaks::allowed) == bytes.npos) return "text/plain";
    return {};
}

/// Whether a text is written as a media type is: `type/subtype`, perhaps with parameters.
constexpr bool is_media_type(std::string_view text) noexcept {
    const std::string_view essence = text.substr(0, text.find(';'));
    const std::size_t slash = essence.find('/');
    if (slash == essence.npos || slash == 0 || slash + 1 == essence.size()) return false;
    if (find_hidden(text, line_breaks::none) != text.npos) return false;
    return essence.find_first_of(" \"(),:<=>?@[\\]{}") == essence.npos && essence.find('/', slash + 1) == essence.npos;
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_MEDIA_TYPE_HPP
