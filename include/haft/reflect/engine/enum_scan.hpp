// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENGINE_ENUM_SCAN_HPP
#define HAFT_REFLECT_ENGINE_ENUM_SCAN_HPP

/// The names of an enum's values without a word from its author: the compiler is asked to spell a window of values, in one
/// text, and those that it spells by name are the enumerators. Which lie outside can't be seen, so a window whose edge is
/// named is refused.

#include <haft/core/text_sink.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::reflect::engine {

/// The first and the last value that the scan looks at.
inline constexpr long long first_scanned = -2;
inline constexpr long long last_scanned = 128;

/// Enums that have a value for each of their integers; of the others the compiler refuses to spell what has no name.
template <class E>
concept scannable_enum = std::is_enum_v<E> && requires { E{0}; };

namespace detail {

template <auto... Values>
consteval std::string_view spelled_values() {
    return __PRETTY_FUNCTION__;
}

template <class E>
struct enum_window {
    using limits = std::numeric_limits<std::underlying_type_t<E>>;
    static constexpr bool has_low = std::is_signed_v<std::underlying_type_t<E>>;
    static constexpr bool has_high = (limits::max)() > last_scanned;
    static constexpr long long low = has_low ? first_scanned : 0;
    static constexpr long long high = has_high ? last_scanned : static_cast<long long>((limits::max)());
    static constexpr std::size_t size = static_cast<std::size_t>(high - low + 1);
};

/// Where each value's name stands in the spelling; empty for a value that has none.
template <class E>
consteval auto scan_names() {
    using window = enum_window<E>;
    const std::string_view text = []<std::size_t... At>(std::index_sequence<At...>) {
        return spelled_values<static_cast<E>(window::low + static_cast<long long>(At))...>();
    }(std::make_index_sequence<window::size>{});
    std::array<std::string_view, window::size> out{};
    // g++: [with auto ...Values = {ns::e::a, (ns::e)1}; …]   clang: [Values = <ns::e::a, (ns::e)1>]
    std::size_t i = text.find("Values = ") + 10;
    for (std::size_t n = 0; n < out.size(); ++n) {
        const std::size_t begin = i;
        std::size_t name = i;
        int depth = 0;
        for (; i < text.size(); ++i) {
            const char c = text[i];
            if (c == '<' || c == '(' || c == '{') ++depth;
            else if (depth > 0 && (c == '>' || c == ')' || c == '}')) --depth;
            else if (depth == 0 && (c == ',' || c == '}' || c == '>')) break;
            else if (depth == 0 && c == ':') name = i + 1;
        }
        // (ns::e)5 has no name, nor has 5 or -1
        const char first = text[begin];
        const bool named = first != '(' && first != '-' && !(first >= '0' && first <= '9');
        // ns::(anonymous namespace)::e::a and {anonymous}::e::a do. (Every element is assigned: g++ 12 wants it.)
        out[n] = named || name > begin ? text.substr(name, i - name) : std::string_view("", 0);
        i += 2;
    }
    return out;
}
template <class E>
inline constexpr auto scanned_names = scan_names<E>();

template <class E>
struct scanned_enum {
    using window = enum_window<E>;
    static constexpr const auto& names = scanned_names<E>;
    static constexpr std::size_t count = [] {
        std::size_t n = 0;
        for (const std::string_view name : names) n += !name.empty();
        return n;
    }();
    /// Whether the window cuts the enum off.
    static constexpr bool beyond =
        (window::has_low && !names.front().empty()) || (window::has_high && !names.back().empty());

    // A copy of just the names, one after the other.
    struct text {
        static constexpr void write(text_sink& sink) {
            for (const std::string_view name : names) sink.put(name);
        }
    };
    static constexpr auto rows = [] {
        std::array<std::pair<std::string_view, E>, count> out{};
        std::size_t n = 0, at = 0;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i].empty()) continue;
            out[n++] = {static_text<text>::view.substr(at, names[i].size()),
                        static_cast<E>(window::low + static_cast<long long>(i))};
            at += names[i].size();
        }
        return out;
    }();
};

}  // namespace detail
}  // namespace haft::inline v0::reflect::engine

#endif  // HAFT_REFLECT_ENGINE_ENUM_SCAN_HPP
