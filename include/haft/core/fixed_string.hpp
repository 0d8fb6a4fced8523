// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_FIXED_STRING_HPP
#define HAFT_CORE_FIXED_STRING_HPP

/// Text as a template argument, and text computed by the compiler kept as exactly the bytes it has.

#include <array>
#include <cstddef>
#include <string_view>

namespace haft::inline v0 {

/// A string literal that can be a template argument. Compilers print it, so it also carries names into error messages.
template <std::size_t N>
struct fixed_string {
    char text[N + 1]{};

    constexpr fixed_string() = default;
    constexpr fixed_string(const char (&literal)[N + 1]) {  // NOLINT: implicit, so that a literal can be given
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }
    constexpr explicit fixed_string(std::string_view from) {
        for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
        text[N] = '\0';  // it is there already, but clang prints characters as text only if their zero was written
    }
    constexpr std::string_view view() const noexcept { return {text, N}; }
};
template <std::size_t N>
fixed_string(const char (&)[N]) -> fixed_string<N - 1>;

/// Counts on the first pass and writes on the second: how haft makes text of a length that only the compiler knows.
struct text_sink {
    char* to = nullptr;
    std::size_t size = 0;

    constexpr void put(char c) {
        if (to) to[size] = c;
        ++size;
    }
    constexpr void put(std::string_view text) {
        for (const char c : text) put(c);
    }
    constexpr void put_integer(long long value) {
        if (value < 0) put('-');
        put_natural(value < 0 ? 0 - static_cast<unsigned long long>(value) : static_cast<unsigned long long>(value));
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
        put('"');
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\') put('\\'), put(c);
            else if (c == '\n') put("\\n");
            else if (c == '\t') put("\\t");
            else if (c == '\r') put("\\r");
            else if (byte < 0x20) put("\\u00"), put(hex[byte >> 4]), put(hex[byte & 15u]);
            else put(c);
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

namespace detail {

/// A long literal without the indentation that it has in the source: the first and the last line are dropped where they
/// are blank, and the indentation common to the others with them.
template <fixed_string Text>
struct dedented {
    static constexpr std::string_view text = Text.view();

    static constexpr void write(text_sink& sink) {
        constexpr std::size_t common = [] {
            std::size_t least = text.size();
            std::size_t spaces = 0;
            bool leading = true;
            for (const char c : text) {
                if (c == '\n') leading = true, spaces = 0;
                else if (leading && c == ' ') ++spaces;
                else if (leading) {
                    leading = false;
                    if (spaces < least) least = spaces;
                }
            }
            return least;
        }();
        std::size_t first = 0;
        while (first < text.size() && (text[first] == ' ' || text[first] == '\n')) ++first;
        while (first > 0 && text[first - 1] == ' ') --first;
        std::size_t last = text.size();
        while (last > first && (text[last - 1] == ' ' || text[last - 1] == '\n')) --last;
        std::size_t column = 0;
        for (std::size_t i = first; i < last; ++i) {
            if (text[i] == '\n') {
                sink.put('\n');
                column = 0;
            } else if (column++ >= common || text[i] != ' ') {
                sink.put(text[i]);
            }
        }
    }
};

}  // namespace detail

/// `haft::dedent<R"(…)">`: a long description written with the indentation of the code around it. [TD-03]
template <fixed_string Text>
inline constexpr std::string_view dedent = static_text<detail::dedented<Text>>::view;

}  // namespace haft::inline v0

#endif  // HAFT_CORE_FIXED_STRING_HPP
