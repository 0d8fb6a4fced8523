// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_UNICODE_HPP
#define HAFT_SCHEMA_STD_UNICODE_HPP

/// The forms of std::u8string, std::u16string, std::u32string and std::wstring: a JSON string.

#include <haft/core/text.hpp>
#include <haft/core/text_sink.hpp>
#include <haft/json/type.hpp>
#include <haft/schema/custom.hpp>
#include <haft/schema/form.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace haft::inline v0::schema {

template <class Char>
    requires(!std::is_same_v<Char, char>)
struct form<std::basic_string<Char>> : text_form<std::basic_string<Char>> {
    using string = std::basic_string<Char>;
    static constexpr std::string_view expected = "string";

    static bool read(std::string_view text, string& to, std::string&) {
        to.clear();
        if constexpr (sizeof(Char) == 1) {
            for (const char c : text) to += static_cast<Char>(c);
        } else {
            for (const char* p = text.data(); p < text.data() + text.size();) {
                const std::uint32_t code = code_point(p);
                p += utf8_length(p, text.data() + text.size());
                if (sizeof(Char) == 2 && code > 0xFFFF) {
                    to += static_cast<Char>(0xD800 + ((code - 0x10000) >> 10));
                    to += static_cast<Char>(0xDC00 + ((code - 0x10000) & 0x3FF));
                } else {
                    to += static_cast<Char>(code);
                }
            }
        }
        return true;
    }
    /// What is no Unicode is mended with U+FFFD, as everywhere.
    static constexpr void write(const string& from, std::string& out) {
        for (std::size_t i = 0; i < from.size(); ++i) {
            auto code = static_cast<std::uint32_t>(from[i]);
            if constexpr (sizeof(Char) == 1) {
                out += static_cast<char>(from[i]);
            } else {
                if (sizeof(Char) == 2 && code >= 0xD800 && code < 0xDC00 && i + 1 < from.size()) {
                    const auto low = static_cast<std::uint32_t>(from[i + 1]);
                    if (low >= 0xDC00 && low < 0xE000) code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), ++i;
                }
                append_utf8(out, code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0xFFFD : code);
            }
        }
    }
    static constexpr bool put(text_sink& sink, const string& value) {
        std::string text;
        write(value, text);
        return sink.put_quoted(text), true;
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_UNICODE_HPP
