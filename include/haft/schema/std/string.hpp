// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_STRING_HPP
#define HAFT_SCHEMA_STD_STRING_HPP

/// The forms of std::string and std::string_view: a JSON string, UTF-8 on both sides; and of a single character.
/// A string_view points into the arguments, so a function may look at it while it is called, and not keep it.

#include <haft/core/text.hpp>
#include <haft/core/text_sink.hpp>
#include <haft/json/type.hpp>
#include <haft/schema/custom.hpp>
#include <haft/schema/form.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0::schema {

template <>
struct form<std::string> {
    static constexpr json::kind kind = json::kind::string;
    static constexpr json::type table() { return json::of_kind(kind); }
};

template <>
struct form<std::string_view> {
    static constexpr json::kind kind = json::kind::view;
    static constexpr json::type table() { return json::of_kind(kind); }
};

/// A string of one character: of ASCII for char and char8_t, one code point for char32_t and wchar_t, one UTF-16 unit's
/// code point for char16_t.
template <class T>
    requires(std::same_as<T, char> || std::same_as<T, char8_t> || std::same_as<T, char16_t> ||
             std::same_as<T, char32_t> || std::same_as<T, wchar_t>)
struct form<T> : text_form<T> {
    static constexpr std::string_view expected = sizeof(T) == 1 ? "one ASCII character" : "one character";
    static constexpr std::string_view schema_words = R"(,"minLength":1,"maxLength":1)";
    static constexpr std::uint32_t largest = sizeof(T) == 1 ? 0x7F : sizeof(T) == 2 ? 0xFFFF : 0x10FFFF;

    static bool read(std::string_view text, T& to, std::string& why) {
        if (count_code_points(text) != 1) return why = std::to_string(count_code_points(text)) + " characters", false;
        const std::uint32_t code = code_point(text.data());
        if (code > largest) return false;
        return to = static_cast<T>(code), true;
    }
    static constexpr bool reads(std::string_view text) {
        return count_code_points(text) == 1 && code_point(text.data()) <= largest;
    }
    static bool write(const T& from, std::string& out, std::string& why) {
        if (!is_character(from)) return why = "it is no character by itself", false;
        return append_utf8(out, static_cast<std::uint32_t>(from)), true;
    }
    static constexpr bool put(text_sink& sink, const T& value) {
        if (!is_character(value)) return false;
        std::string text;
        append_utf8(text, static_cast<std::uint32_t>(value));
        return sink.put_quoted(text), true;
    }

private:
    static constexpr bool is_character(T value) {
        const auto code = static_cast<std::uint32_t>(value);
        return code <= largest && (code < 0xD800 || code >= 0xE000);
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_STRING_HPP
