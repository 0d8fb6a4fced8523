// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_SAVE_BLOCK_HPP
#define HAFT_HOST_SAVE_BLOCK_HPP

/// What a call gives besides text, as files.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/content.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <variant>

namespace haft::inline v0::host {

/// How the name of a file of that MIME type ends: `.png`; `.bin` if nobody knows.
constexpr std::string_view file_ending(std::string_view mime_type) noexcept {
    constexpr std::string_view known[][2]{
        {"image/png", ".png"},       {"image/jpeg", ".jpg"},     {"image/gif", ".gif"},  {"image/webp", ".webp"},
        {"image/svg+xml", ".svg"},   {"audio/wav", ".wav"},      {"audio/mpeg", ".mp3"}, {"audio/ogg", ".ogg"},
        {"application/pdf", ".pdf"}, {"application/zip", ".zip"}};
    for (const auto& [type, ending] : known)
        if (type == mime_type) return ending;
    return ".bin";
}

/// Writes the bytes of a block to a new file `folder/stem-number.png` (or what its type is); gives the file's name, "" for a
/// block that has none. A file that is there already is an error and stays.
HAFT_COLD inline result<std::string> save_block(const content_block& block, std::string_view folder,
                                                std::string_view stem, std::size_t number) {
    std::string_view bytes;
    std::string_view type;
    if (const auto* picture = std::get_if<image>(&block)) {
        bytes = picture->bytes, type = picture->mime_type;
    } else if (const auto* sound = std::get_if<audio>(&block)) {
        bytes = sound->bytes, type = sound->mime_type;
    } else if (const auto* whole = std::get_if<resource>(&block)) {
        const auto* blob = std::get_if<1>(&whole->contents);
        if (!blob) return std::string();
        bytes = bytes_of(*blob), type = whole->mime_type;
    } else {
        return std::string();
    }
    const std::string file = concat({folder, "/", stem, "-", decimal(number), file_ending(type)});
    errno = 0;
    std::FILE* const to = std::fopen(file.c_str(), "wbx");
    const bool written = to && (bytes.empty() || std::fwrite(bytes.data(), 1, bytes.size(), to) == bytes.size());
    const int why = errno;
    if ((to && std::fclose(to) != 0) || !written)
        return error{errc::tool_failed, concat({"can't write ", file, ": ", std::strerror(why ? why : errno)})};
    return file;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_SAVE_BLOCK_HPP
