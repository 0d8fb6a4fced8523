// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_TEXT_SINK_HPP
#define HAFT_CORE_TEXT_SINK_HPP

/// Text computed by the compiler, kept as exactly the bytes it has.

#include <array>
#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

/// Counts on the first pass and writes on the second: how haft makes text of a length that only the compiler knows.
struct text_sink {
    char* to = nullptr;
    std::size_t size = 0;

    constexpr void put(char c) {
        if (to) to[size] = c;
        ++size;
    }
    /// (By eight: what a compiler is slow with is each round of a loop.)
    constexpr void put(std::string_view text) {
        const std::size_t n = text.size();
        if (to) {
            const char* from = text.data();
            char* at = to + size;
            std::size_t left = n;
            for (; left >= 8; left -= 8, at += 8, from += 8) {
                at[0] = from[0], at[1] = from[1], at[2] = from[2], at[3] = from[3];
                at[4] = from[4], at[5] = from[5], at[6] = from[6], at[7] = from[7];
            }
            for (std::size_t i = 0; i < left; ++i) at[i] = from[i];
        }
        size += n;
    }
    constexpr void put_integer(long long value) {
        if (value < 0) put('-');
        // (0 minus the least of all as an unsigned number, which is defined, g++ 16 takes for no constant.)
        put_natural(value < 0 ? static_cast<unsigned long long>(-(value + 1)) + 1
                              : static_cast<unsigned long long>(value));
    }
    constexpr void put_natural(unsigned long long value) {
        char digits[20]{};
        std::size_t n = 0;
        do digits[n++] = static_cast<char>('0' + value % 10);
        while (value /= 10);
        while (n) put(digits[--n]);
    }
    /// A JSON string: quotes, and escapes where JSON wants them.
    constexpr void put_quoted(std::string_view text) {
        constexpr std::string_view hex = "0123456789abcdef";
        const char* const begin = text.data();
        const std::size_t n = text.size();
        put('"');
        for (std::size_t i = 0, plain = 0; i <= n; ++i) {
            if (i < n && static_cast<unsigned char>(begin[i]) >= 0x20 && begin[i] != '"' && begin[i] != '\\') continue;
            put(std::string_view(begin + plain, i - plain));
            plain = i + 1;
            if (i == n) break;
            const char c = begin[i];
            const auto byte = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\') put('\\'), put(c);
            else if (c == '\n') put("\\n");
            else if (c == '\t') put("\\t");
            else if (c == '\r') put("\\r");
            else if (c == '\b') put("\\b");
            else if (c == '\f') put("\\f");
            else put("\\u00"), put(hex[byte >> 4]), put(hex[byte & 15u]);
        }
        put('"');
    }
};

/// The text that `Writer::write(text_sink&)` gives, as bytes in read-only memory, ended by a zero that is not part of it.
template <class Writer>
struct static_text {
    static constexpr std::size_t size = [] {
        text_sink sink;
        Writer::write(sink);
        return sink.size;
    }();
    static constexpr std::array<char, size + 1> bytes = [] {
        std::array<char, size + 1> out{};
        text_sink sink{out.data()};
        Writer::write(sink);
        return out;
    }();
    static constexpr std::string_view view{bytes.data(), size};
};

}  // namespace haft::inline v0

#endif  // HAFT_CORE_TEXT_SINK_HPP
