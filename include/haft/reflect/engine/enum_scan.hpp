// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENGINE_ENUM_SCAN_HPP
#define HAFT_REFLECT_ENGINE_ENUM_SCAN_HPP

/// The names of an enum's values without a word from its author: the compiler is asked to spell a window of values, in one
/// text, and those that it spells by name are the enumerators. Which lie outside can't be seen, so a window whose edge is
/// named is refused.

#include <haft/core/text_sink.hpp>
#include <haft/reflect/enum_problem.hpp>
#include <haft/reflect/spelling.hpp>

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

/// The integers of a window, once for all enums.
template <long long Low, std::size_t... At>
consteval auto window_values(std::index_sequence<At...>) {
    return std::integer_sequence<long long, (Low + static_cast<long long>(At))...>{};
}
template <long long Low, std::size_t Size>
using values_of_window = decltype(window_values<Low>(std::make_index_sequence<Size>{}));

template <class E, long long... Value>
consteval std::string_view spell_enum(std::integer_sequence<long long, Value...>) {
    return spelled_values<static_cast<E>(Value)...>();
}

/// Goes from value to value in the spelling.
class spelled_enum_reader {
public:
    // g++: [with auto ...Values = {ns::e::a, (ns::e)1}; …]   clang: [Values = <ns::e::a, (ns::e)1>]
    constexpr spelled_enum_reader(std::string_view text, std::size_t first) : text_(text.data()), at_(first) {}

    /// The name of the next value; empty if it has none.
    constexpr std::string_view next() {
        const char* const text = text_ + at_;
        std::size_t i = 0;
        if (is_nameless(text)) {
            i = type_size_ + 1;
            while (text[i] >= '0' && text[i] <= '9') ++i;
            at_ += i + 2;
            return {};
        }
        std::size_t name = 0, closed = 0;
        for (int depth = 0;; ++i) {
            const char c = text[i];
            if (c == '<' || c == '(' || c == '{') ++depth;
            else if (depth > 0 && (c == '>' || c == ')' || c == '}')) --depth, closed = depth ? closed : i + 1;
            else if (depth == 0 && (c == ',' || c == '}' || c == '>')) break;
            else if (depth == 0 && c == ':') name = i + 1;
        }
        at_ += i + 2;
        // ns::(anonymous namespace)::e::a and {anonymous}::e::a have a name; (ns::e)5 has none, nor has 5 or -1
        if (name > 0 || !(text[0] == '(' || is_of_number(text[0]))) return {text + name, i - name};
        type_size_ = closed;
        return {};
    }

private:
    static constexpr bool is_of_number(char c) { return c == '-' || (c >= '0' && c <= '9'); }
    /// Most values have no name, and all those begin alike: (ns::e)5.
    constexpr bool is_nameless(const char* text) const {
        return type_size_ > 0 && text[0] == '(' && text[type_size_ - 1] == ')' && is_of_number(text[type_size_]);
    }

    const char* text_;
    std::size_t at_;
    std::size_t type_size_ = 0;  // of (ns::e), once it was seen
};

template <class E>
struct scanned_enum {
    using window = enum_window<E>;
    static constexpr std::string_view spelling = spell_enum<E>(values_of_window<window::low, window::size>{});
    static constexpr std::size_t first = reflect::detail::place_of("Values = ", spelling) + 10;

    struct summary {
        std::size_t count = 0, bytes = 0;
        bool beyond = false;  // the window cuts the enum off
    };
    static constexpr summary sizes = [] {
        spelled_enum_reader in(spelling, first);
        summary out;
        for (std::size_t i = 0; i < window::size; ++i) {
            const std::size_t bytes = in.next().size();
            if (bytes == 0) continue;
            ++out.count;
            out.bytes += bytes;
            if ((window::has_low && i == 0) || (window::has_high && i + 1 == window::size)) out.beyond = true;
        }
        return out;
    }();
    static constexpr std::size_t count = sizes.count;
    static constexpr bool beyond = sizes.beyond;

    // A copy of just the names, one after the other.
    struct names {
        std::array<char, sizes.bytes + 1> text{};
        std::array<std::size_t, sizes.count + 1> begin{};
        std::array<E, sizes.count> value{};
    };
    static constexpr names found = [] {
        spelled_enum_reader in(spelling, first);
        names out;
        text_sink sink{out.text.data()};
        std::size_t n = 0;
        for (std::size_t i = 0; n < sizes.count; ++i) {
            const std::string_view name = in.next();
            if (name.empty()) continue;
            out.value[n] = static_cast<E>(window::low + static_cast<long long>(i));
            sink.put(name);
            out.begin[++n] = sink.size;
        }
        return out;
    }();
    static constexpr std::array<char, sizes.bytes + 1> text = found.text;
    static constexpr auto rows = [] {
        std::array<std::pair<std::string_view, E>, count> out{};
        for (std::size_t i = 0; i < count; ++i)
            out[i] = {std::string_view(text.data() + found.begin[i], found.begin[i + 1] - found.begin[i]),
                      found.value[i]};
        return out;
    }();
};

}  // namespace detail

/// What can be told of an enum's own enumerators, and why not.
template <class E>
consteval auto own_enumerators() {
    if constexpr (scannable_enum<E>) return detail::scanned_enum<E>::rows;
    else return std::array<std::pair<std::string_view, E>, 0>{};
}
template <class E>
consteval enum_problem problem_of_own_enumerators() {
    if constexpr (!scannable_enum<E>) return enum_problem::not_scannable;
    else
        return detail::scanned_enum<E>::beyond       ? enum_problem::beyond_window
               : detail::scanned_enum<E>::count == 0 ? enum_problem::no_enumerators
                                                     : enum_problem::none;
}

}  // namespace haft::inline v0::reflect::engine

#endif  // HAFT_REFLECT_ENGINE_ENUM_SCAN_HPP
