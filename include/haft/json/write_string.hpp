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
    std::array<char, 256> letters{};
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

/// Writes `n` characters, a block at most, with a backslash before each that is marked. `load` gives the block at a place.
template <class Load>
HAFT_HOT char* put_with_backslashes(const char* p, std::ptrdiff_t n, block_marks marks, char* to, Load load) noexcept {
    const char* from = p;
    do {
        const char* const at = p + first_of(marks);
        store_block(to, load(from));
        to += at - from;
        *to++ = '\\';
        from = at;
        marks = without_first(marks);
    } while (marks);
    store_block(to, load(from));
    return to + (p + n - from);
}

/// Writes `n` characters, a block at most, of which some are not plain; null, and nothing is written that counts, unless all of
/// those have letters. What makes it fast is that no step waits for a look at the text behind the step before.
HAFT_HOT char* put_marked(const char* p, std::ptrdiff_t n, const char* end, block_marks marks, char* to) noexcept {
    bool known = true;
    std::ptrdiff_t from = 0;
    do {
        const std::ptrdiff_t at = first_of(marks);
        const char letter = escape_letters[static_cast<unsigned char>(p[at])];
        known &= letter != '\0';
        store_block(to, load_before(p + from, end));
        to += at - from;
        to[0] = '\\', to[1] = letter;
        to += 2;
        from = at + 1;
        marks = without_first(marks);
    } while (marks);
    store_block(to, load_before(p + from, end));
    return known ? to + (n - from) : nullptr;
}

}  // namespace detail

/// Writes what stands between the quotes of a JSON string. Text that is not UTF-8 is mended with U+FFFD, so that the document
/// stays JSON.
HAFT_APART inline void put_string_content(text_buffer& out, std::string_view text) {
    static_assert(text_buffer::least_room >=
                  3 * detail::block_size + 2);  // a block of quotes, and one written beyond it
    const char* p = text.data();
    const char* const end = p + text.size();
    char* to = out.room();
    char* full = out.room_end();
    for (;;) {
        if (to > full) {
            out.wrote_to(to);
            to = out.room();
            full = out.room_end();
        }
        if (p == end) break;
        const std::ptrdiff_t n = end - p < detail::block_size ? end - p : detail::block_size;
        const detail::char_block block = detail::load_before(p, end);
        const auto marks = detail::first_marks(detail::not_plain(block), n);
        detail::store_block(to, block);
        if (!marks) {
            p += n, to += n;
            continue;
        }
        if (marks == detail::first_marks(detail::quotes_and_backslashes(block), n)) {  // as in JSON that is in a string
            to = end - p >= 2 * detail::block_size
                     ? detail::put_with_backslashes(p, n, marks, to, [](const char* at) { return detail::load_block(at); })
                     : detail::put_with_backslashes(p, n, marks, to, [=](const char* at) { return detail::load_before(at, end); });
            p += n;
            continue;
        }
        if (char* const written = detail::put_marked(p, n, end, marks, to)) {
            p += n, to = written;
            continue;
        }
        p += detail::first_of(marks), to += detail::first_of(marks);
        const auto c = static_cast<unsigned char>(*p);
        if (const char letter = detail::escape_letters[c]) {
            to[0] = '\\', to[1] = letter;
            to += 2, ++p;
        } else {
            to = detail::put_rare(p, end, to);
        }
    }
    out.wrote_to(to);
}

/// Whether a text is written at once, if it is plain.
constexpr bool is_short(std::string_view text) noexcept { return text.size() - 1 < std::size_t{detail::block_size}; }

namespace detail {

/// Writes a short plain text between two quotes of `Size` characters; false, and nothing is written, if it is none.
template <std::size_t Size>
HAFT_HOT bool put_short_string(text_buffer& out, std::string_view text, const char (&quote)[Size]) {
    if (!is_short(text)) return false;
    const auto n = static_cast<std::ptrdiff_t>(text.size());
    const char_block block = load_before(text.data(), text.data() + n);
    if (first_marks(not_plain(block), n)) return false;
    char* to = out.room();
    std::memcpy(to, quote, Size - 1);
    store_block(to + (Size - 1), block);
    to += static_cast<std::ptrdiff_t>(Size - 1) + n;
    std::memcpy(to, quote, Size - 1);
    out.wrote_to(to + (Size - 1));
    return true;
}

HAFT_APART inline void put_any_string(text_buffer& out, std::string_view text) {
    out.put('"');
    put_string_content(out, text);
    out.put('"');
}

}  // namespace detail

/// Writes a JSON string.
HAFT_HOT void put_string(text_buffer& out, std::string_view text) {
    if (!detail::put_short_string(out, text, "\"")) detail::put_any_string(out, text);
}

/// Appends a JSON string.
HAFT_APART inline void append_string(std::string& out, std::string_view text) {
    text_buffer buffer(out);
    put_string(buffer, text);
    buffer.flush();
}

namespace detail {
HAFT_APART inline void put_any_string_within_string(text_buffer& out, std::string_view text) {
    std::string string;
    append_string(string, text);
    put_string_content(out, string);
}
}  // namespace detail

/// Writes a JSON string as it stands in a JSON text that is itself in a string: `\"Berlin\"`.
HAFT_HOT void put_string_within_string(text_buffer& out, std::string_view text) {
    if (!detail::put_short_string(out, text, "\\\"")) detail::put_any_string_within_string(out, text);
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_WRITE_STRING_HPP
