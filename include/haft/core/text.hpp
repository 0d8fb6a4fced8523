// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_TEXT_HPP
#define HAFT_CORE_TEXT_HPP

/// Text as haft meets it: UTF-8 sequences, untrusted text quoted for a message, paragraphs. No locale anywhere.

#include <haft/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Capitals of ASCII as small letters.
constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// The length of the well-formed UTF-8 sequence at `p` (1 to 4), or 0. Requires p < end.
/// Overlong forms, surrogates and code points above U+10FFFF are not well-formed (RFC 3629).
constexpr std::size_t utf8_length(const char* p, const char* end) noexcept {
    const auto at = [&](int i) { return static_cast<unsigned char>(p[i]); };
    const auto follows = [&](int i) { return (at(i) & 0xC0u) == 0x80u; };
    const std::ptrdiff_t room = end - p;
    const unsigned char a = at(0);
    if (a < 0x80) return 1;
    if (a < 0xC2) return 0;
    if (a < 0xE0) return room >= 2 && follows(1) ? 2 : 0;
    if (a < 0xF0)
        return room >= 3 && follows(1) && follows(2) && (a != 0xE0 || at(1) >= 0xA0) && (a != 0xED || at(1) < 0xA0) ? 3
                                                                                                                    : 0;
    if (a < 0xF5)
        return room >= 4 && follows(1) && follows(2) && follows(3) && (a != 0xF0 || at(1) >= 0x90) &&
                       (a != 0xF4 || at(1) < 0x90)
                   ? 4
                   : 0;
    return 0;
}

/// The most of a text that is no longer than `limit` bytes and ends where a character does.
constexpr std::string_view cut_utf8(std::string_view text, std::size_t limit) noexcept {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0u) == 0x80u) --limit;
    return text.substr(0, limit);
}

/// Code points in well-formed UTF-8, which is what JSON Schema's minLength and maxLength count.
constexpr std::size_t count_code_points(std::string_view text) noexcept {
    std::size_t n = 0;
    for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    return n;
}

/// The code point that begins at `p`. Requires well-formed UTF-8 there.
constexpr std::uint32_t code_point(const char* p) noexcept {
    const auto at = [&](int i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(p[i])); };
    const std::uint32_t a = at(0);
    if (a < 0x80) return a;
    if (a < 0xE0) return (a & 0x1Fu) << 6 | (at(1) & 0x3Fu);
    if (a < 0xF0) return (a & 0x0Fu) << 12 | (at(1) & 0x3Fu) << 6 | (at(2) & 0x3Fu);
    return (a & 0x07u) << 18 | (at(1) & 0x3Fu) << 12 | (at(2) & 0x3Fu) << 6 | (at(3) & 0x3Fu);
}

/// Writes a code point in UTF-8 and gives the end; requires room for 4 bytes.
constexpr char* put_utf8(char* to, std::uint32_t u) noexcept {
    const auto put = [&](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
    if (u < 0x80) {
        put(u);
    } else if (u < 0x800) {
        put(0xC0 | u >> 6), put(0x80 | (u & 0x3F));
    } else if (u < 0x10000) {
        put(0xE0 | u >> 12), put(0x80 | (u >> 6 & 0x3F)), put(0x80 | (u & 0x3F));
    } else {
        put(0xF0 | u >> 18), put(0x80 | (u >> 12 & 0x3F)), put(0x80 | (u >> 6 & 0x3F)), put(0x80 | (u & 0x3F));
    }
    return to;
}

/// Appends a code point in UTF-8.
constexpr void append_utf8(std::string& out, std::uint32_t u) {
    char bytes[4]{};
    out.append(bytes, static_cast<std::size_t>(put_utf8(bytes, u) - bytes));
}

/// The most bytes of a caller's input that an error repeats: enough to recognise it, too few to carry an injection.
inline constexpr std::size_t echo_limit = 200;

/// Whether a UTF-8 sequence is one that could disguise the text around it, or carry one that nobody sees: a C1 control, a
/// line separator, a mark that has no width or turns the direction, a letter that is blank, a variation selector, a tag
/// character. (U+FE0F stays: it is part of many an emoji.)
constexpr bool disguises(std::string_view sequence) noexcept {
    const auto is = [&](std::string_view prefix, char from, char to) {
        if (sequence.size() != prefix.size() + 1 || !sequence.starts_with(prefix)) return false;
        const auto last = static_cast<unsigned char>(sequence.back());
        return last >= static_cast<unsigned char>(from) && last <= static_cast<unsigned char>(to);
    };
    return is("\xC2", '\x80', '\x9F') || is("\xC2", '\xAD', '\xAD') ||          // C1, soft hyphen
           is("\xCD", '\x8F', '\x8F') || is("\xD8", '\x9C', '\x9C') ||          // U+034F, U+061C
           is("\xE1\x85", '\x9F', '\xA0') || is("\xE3\x85", '\xA4', '\xA4') ||  // the blank letters of Hangul: U+115F,
           is("\xEF\xBE", '\xA0', '\xA0') ||                                    //   1160, 3164, FFA0
           is("\xE2\x80", '\x8B', '\x8F') || is("\xE2\x80", '\xA8', '\xAE') ||  // U+200B-200F, 2028-202E
           is("\xE2\x81", '\xA0', '\xAF') || is("\xEF\xBB", '\xBF', '\xBF') ||  // U+2060-206F, FEFF
           is("\xEF\xB8", '\x80', '\x8E') ||                                    // the variation selectors, U+FE00-FE0E
           is("\xF3\xA0\x84", '\x80', '\xBF') || is("\xF3\xA0\x85", '\x80', '\xBF') ||  //   and those from 17 on
           is("\xF3\xA0\x86", '\x80', '\xBF') || is("\xF3\xA0\x87", '\x80', '\xAF') ||
           is("\xF3\xA0\x80", '\x80', '\xBF') || is("\xF3\xA0\x81", '\x80', '\xBF');  // the tags, U+0E0000 on
}

/// Appends at most `limit` bytes of untrusted text, control characters and broken UTF-8 made visible.
HAFT_COLD inline void append_echo(std::string& out, std::string_view text, std::size_t limit = echo_limit) {
    constexpr std::string_view hex = "0123456789abcdef";
    const char* p = text.data();
    const char* const end = p + text.size();
    const char* const stop = p + (text.size() < limit ? text.size() : limit);
    while (p < stop) {
        const auto byte = static_cast<unsigned char>(*p);
        const std::size_t n = utf8_length(p, end);
        const std::size_t bytes = n ? n : 1;
        if (static_cast<std::size_t>(stop - p) < bytes) break;
        if (n == 0 || byte < 0x20 || byte == 0x7F || disguises({p, n})) {
            for (std::size_t i = 0; i < bytes; ++i) {
                const auto b = static_cast<unsigned char>(p[i]);
                const char shown[]{'\\', 'x', hex[b >> 4], hex[b & 15u]};
                out.append(shown, sizeof shown);
            }
        } else {
            out.append(p, bytes);
        }
        p += bytes;
    }
    if (p < end) out += "...";
}

/// `"text"`, echoed as above.
HAFT_COLD inline std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    append_echo(out, text);
    return out += '"';
}

/// The text up to the first blank line, which is what gptme takes from a docstring. [TD-03]
constexpr std::string_view first_paragraph(std::string_view text) noexcept { return text.substr(0, text.find("\n\n")); }

}  // namespace haft::inline v0

#endif  // HAFT_CORE_TEXT_HPP
