// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_WRITE_STRING_HPP
#define HAFT_JSON_WRITE_STRING_HPP

/// Text as a JSON string.

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/plain_run.hpp>
#include <haft/json/text_buffer.hpp>

#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

namespace detail {

/// The letter of the short escape of each character that has one.
inline constexpr auto escape_letters = [] {
    std::array<char, 128> letters{};
    letters['"'] = '"', letters['\\'] = '\\';
    letters['\b'] = 'b', letters['\f'] = 'f', letters['\n'] = 'n', letters['\r'] = 'r', letters['\t'] = 't';
    return letters;
}();

/// A control character without a short escape, or what is not ASCII.
HAFT_APART inline char* put_rare(const char*& p, const char* end, char* to) noexcept {
    constexpr std::string_view hex = "0123456789abcdef";
    const auto c = static_cast<unsigned char>(*p);
    if (c < 0x80) {
        std::memcpy(to, "\\u00", 4);
        to[4] = hex[c >> 4], to[5] = hex[c & 15u];
        ++p;
        return to + 6;
    }
    const std::size_t n = utf8_length(p, end);
    std::memcpy(to, n ? p : "\xEF\xBF\xBD", n ? n : 3);
    p += n ? n : 1;
    return to + (n ? n : 3);
}

}  // namespace detail

/// Writes a JSON string. Text that is not UTF-8 is mended with U+FFFD, so that the document stays JSON.
inline void put_string(text_buffer& out, std::string_view text) {
    constexpr std::ptrdiff_t most_at_once = detail::block_size + 6;
    static_assert(text_buffer::least_room > most_at_once + 2);
    const char* p = text.data();
    const char* const end = p + text.size();
    char* to = out.room();
    *to++ = '"';
    for (;;) {
        out.wrote_to(to);
        to = out.room();
        const std::ptrdiff_t left = end - p;
        const bool whole = left >= detail::block_size;
        const detail::char_block block =
            whole ? detail::load_block(p) : detail::load_part(p, static_cast<std::size_t>(left));
        detail::store_block(to, block);
        const auto marks = detail::not_plain(block);  // (the zeros after the text are not plain)
        const std::ptrdiff_t n = marks ? detail::first_of(marks) : detail::block_size;
        p += n, to += n;
        if (whole && !marks) continue;
        if (p == end) break;
        const auto c = static_cast<unsigned char>(*p);
        if (const char letter = c < 0x80 ? detail::escape_letters[c] : '\0') {
            *to++ = '\\', *to++ = letter;
            ++p;
        } else {
            to = detail::put_rare(p, end, to);
        }
    }
    *to++ = '"';
    out.wrote_to(to);
}

/// Appends a JSON string.
HAFT_APART inline void append_string(std::string& out, std::string_view text) {
    text_buffer buffer(out);
    put_string(buffer, text);
    buffer.flush();
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_WRITE_STRING_HPP
