// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_WORDS_HPP
#define HAFT_SCHEMA_WORDS_HPP

/// What an author says of a member beyond its type: description and limits, in JSON Schema's words (2020-12).

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace haft::inline v0 {

/// A number as the author wrote it; which of the three it is matters, since no one type holds them all exactly.
struct limit {
    enum class form : unsigned char { none, integer, natural, real };
    form given = form::none;
    long long integer = 0;
    unsigned long long natural = 0;
    double real = 0;

    constexpr limit() = default;
    template <class Number>
        requires(std::is_arithmetic_v<Number> && !std::is_same_v<Number, bool>)
    constexpr limit(Number n) {  // NOLINT: implicit, so that minimum(1) reads as it does
        if constexpr (std::is_floating_point_v<Number>) given = form::real, real = static_cast<double>(n);
        else if constexpr (std::is_signed_v<Number>) given = form::integer, integer = n;
        else given = form::natural, natural = n;
    }
};

/// The least value of a number, itself included.
struct minimum {
    limit value;
    constexpr explicit minimum(limit v) : value(v) {}
};
/// The greatest value of a number, itself included.
struct maximum {
    limit value;
    constexpr explicit maximum(limit v) : value(v) {}
};
/// The fewest code points of a string.
struct min_length {
    std::size_t value;
    constexpr explicit min_length(std::size_t v) : value(v) {}
};
/// The most code points of a string.
struct max_length {
    std::size_t value;
    constexpr explicit max_length(std::size_t v) : value(v) {}
};
/// The fewest items of an array.
struct min_items {
    std::size_t value;
    constexpr explicit min_items(std::size_t v) : value(v) {}
};
/// The most items of an array.
struct max_items {
    std::size_t value;
    constexpr explicit max_items(std::size_t v) : value(v) {}
};
/// Must be given although the member has a default.
struct required_t {};
inline constexpr required_t required{};
/// May be left out although the member has no default that haft can see, such as `std::string s = ""`.
struct not_required_t {};
inline constexpr not_required_t not_required{};

namespace detail {
template <class>
inline constexpr bool is_word = false;
}

/// The words for one member of a parameter struct:
/// `haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}`. The texts must outlive the program's tools,
/// which literals do.
struct field {
    std::string_view name;
    std::string_view description;
    limit minimum, maximum;
    bool has_min_length = false, has_max_length = false, has_min_items = false, has_max_items = false;
    std::size_t min_length = 0, max_length = 0, min_items = 0, max_items = 0;
    bool required = false, not_required = false;

    template <class... Words>
    constexpr explicit field(std::string_view name_, std::string_view description_ = {}, Words... words)
        : name(name_), description(description_) {
        (take(words), ...);
    }

private:
    constexpr void take(haft::minimum w) { minimum = w.value; }
    constexpr void take(haft::maximum w) { maximum = w.value; }
    constexpr void take(haft::min_length w) { has_min_length = true, min_length = w.value; }
    constexpr void take(haft::max_length w) { has_max_length = true, max_length = w.value; }
    constexpr void take(haft::min_items w) { has_min_items = true, min_items = w.value; }
    constexpr void take(haft::max_items w) { has_max_items = true, max_items = w.value; }
    constexpr void take(required_t) { required = true; }
    constexpr void take(not_required_t) { not_required = true; }
    template <class Word>
    constexpr void take(const Word&) {
        static_assert(detail::is_word<Word>,
                      "haft: this is no word for a member; the words are minimum, maximum, min_length, max_length, "
                      "min_items, max_items, "
                      "required and not_required [haft-E0114]");
    }
};

namespace detail {
template <class List>
inline constexpr bool is_field_list = false;
template <std::size_t N>
inline constexpr bool is_field_list<std::array<field, N>> = true;

template <class T>
constexpr bool copy_fields() {
    [[maybe_unused]] auto copy = T::haft_fields;
    return true;
}
template <class T>
concept has_constant_fields = requires { typename std::bool_constant<copy_fields<T>()>; };

template <class T>
consteval auto member_fields() {
    if constexpr (requires { T::haft_fields; }) {
        if constexpr (!has_constant_fields<T>) return false;  // no list; explain_type says so
        else if constexpr (std::is_array_v<decltype(T::haft_fields)>) return std::to_array(T::haft_fields);
        else return T::haft_fields;
    } else {
        return std::array<field, 0>{};
    }
}
}  // namespace detail

/// The words of a struct's members. By default its static member `haft_fields`; specialise it, in the global namespace
/// and before first use, for a struct that can't be edited:
/// `template <> inline constexpr std::array haft::fields_of<their_struct>{haft::field{"x", "…"}};`
template <class T>
inline constexpr auto fields_of = detail::member_fields<T>();

}  // namespace haft::inline v0

#endif  // HAFT_SCHEMA_WORDS_HPP
