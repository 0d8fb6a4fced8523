// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_EXPLAIN_HPP
#define HAFT_SCHEMA_EXPLAIN_HPP

/// Whether a type can be a tool's, quietly (`usable`), and the speaking twin: why not, as one compile-time error in plain
/// words. The template arguments in the compiler's notes name the tool, the struct, the member and its type.

#include <haft/core/fixed_string.hpp>
#include <haft/core/nearest.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::schema {

// Where a type stands. Never defined: their names are what the compiler prints.
template <fixed_string Tool>
struct parameters_of_tool;
template <fixed_string Tool>
struct result_of_tool;
template <class Struct, fixed_string Name>
struct member_of;
template <class Struct, std::size_t Number>  // counted from 1, where no name can be had
struct member_number;
template <class Container>
struct element_of;
template <class Struct, fixed_string Name>
struct word_of;
template <fixed_string Name>
struct did_you_mean;
struct no_name_is_near;

namespace detail {

// The struct that a type is or holds.
template <class T>
struct inner_struct {
    using type = void;
};
template <holder T>
struct inner_struct<T> : inner_struct<typename held_type<T>::type> {};
template <reflect::plain_struct T>
struct inner_struct<T> {
    using type = T;
};

/// Has to be known before has_form is asked, which would not end.
template <class T, class... Outer>
consteval bool contains_itself() {
    if constexpr (std::is_void_v<T>) return false;
    else if constexpr ((... || std::is_same_v<T, Outer>)) return true;
    else
        return []<std::size_t... At>(std::index_sequence<At...>) {
            return (... || contains_itself<typename inner_struct<reflect::member_type<T, At>>::type, T, Outer...>());
        }(std::make_index_sequence<reflect::member_count<T>>{});
}
template <class T>
inline constexpr bool recursive = contains_itself<typename inner_struct<T>::type>();

template <class T>
constexpr bool make_one() {
    [[maybe_unused]] T object = T();  // a temporary alone g++ 12 does not take for a constant expression
    return true;
}
/// Member initialisers become the schema's defaults, so the compiler has to know them.
template <class T>
concept has_constant_defaults = requires { typename std::bool_constant<make_one<T>()>; };

template <class T>
consteval bool is_usable();

}  // namespace detail

/// A type that has a form, and that can be used with all that it holds: what has_form does not look at is the layout of a
/// struct, its defaults, its words.
template <class T>
inline constexpr bool usable = detail::is_usable<T>();

namespace detail {

/// Which member is the first that can't be used.
template <class T>
consteval std::size_t first_unusable() {
    return []<std::size_t... At>(std::index_sequence<At...>) {
        std::size_t n = 0;
        static_cast<void>((... && (usable<reflect::member_type<T, At>> && ++n)));
        return n;
    }(std::make_index_sequence<reflect::member_count<T>>{});
}

template <class T>
consteval bool is_usable() {
    if constexpr (recursive<T>) {
        return false;
    } else if constexpr (holder<T>) {
        if constexpr (usable<typename held_type<T>::type>) return has_form<T>;
        else return false;
    } else if constexpr (!has_form<T>) {
        return false;
    } else if constexpr (requires { typename form<T>::structure; }) {
        if constexpr (first_unusable<T>() < reflect::member_count<T>) return false;
        else if constexpr (!haft::detail::is_field_list<std::remove_cv_t<decltype(fields_of<T>)>> ||
                           !has_constant_defaults<T>)
            return false;
        else return structure<T>::built.size == sizeof(T) && structure<T>::built.problem == words_problem::none;
    } else {
        return true;
    }
}

template <class...>
inline constexpr bool refused = false;

template <class T>
consteval std::string_view nearest_member(std::string_view word) {
    nearest_name nearest(word);
    [&]<std::size_t... At>(std::index_sequence<At...>) {
        (nearest.consider(reflect::member_name<T, At>), ...);
    }(std::make_index_sequence<reflect::member_count<T>>{});
    return nearest.name();
}

/// Says what is wrong with the words of a struct.
template <class Where, class T>
consteval void explain_words() {
    using built = structure<T>;
    constexpr words_problem problem = built::built.problem;
    constexpr std::string_view name = built::words[built::built.problem_at].name;
    using word = word_of<T, fixed_string<name.size()>(name)>;
    if constexpr (problem == words_problem::no_such_member) {
        constexpr std::string_view meant = nearest_member<T>(name);
        if constexpr (meant.empty())
            static_assert(refused<Where, word, no_name_is_near>,
                          "haft: haft_fields has words for a member that does not exist; the struct and the name stand "
                          "in word_of<...> [haft-E0104]");
        else
            static_assert(refused<Where, word, did_you_mean<fixed_string<meant.size()>(meant)>>,
                          "haft: haft_fields has words for a member that does not exist; the struct and the name stand "
                          "in word_of<...>, the nearest "
                          "member in did_you_mean<...> [haft-E0104]");
    } else if constexpr (problem == words_problem::given_twice) {
        static_assert(refused<Where, word>, "haft: haft_fields has two entries for one member; keep one [haft-E0113]");
    } else if constexpr (problem == words_problem::required_and_not_required) {
        static_assert(refused<Where, word>,
                      "haft: a member is marked both haft::required and haft::not_required; keep one [haft-E0113]");
    } else {
        using member = reflect::member_type<T, index_of_member<T>(name)>;
        if constexpr (problem == words_problem::limit_of_another_type)
            static_assert(refused<Where, word, member>,
                          "haft: this limit is not for a member of this type; minimum and maximum are for numbers, "
                          "min_length and max_length for "
                          "strings, min_items and max_items for arrays [haft-E0105]");
        else if constexpr (problem == words_problem::limit_not_representable)
            static_assert(refused<Where, word, member>,
                          "haft: this limit is no value of the member's type; for an integer give a whole number "
                          "within its range [haft-E0105]");
        else if constexpr (problem == words_problem::limits_exclude_everything)
            static_assert(
                refused<Where, word, member>,
                "haft: the lower limit is above the upper one, so no value could be given; swap them [haft-E0106]");
        else
            static_assert(refused<Where, word, member>,
                          "haft: the member's default breaks its own limits; mend the one or the other [haft-E0106]");
    }
}

/// Says why an aggregate class is no plain struct.
template <class Where, class T>
consteval void explain_obstacle() {
    using reflect::obstacle;
    constexpr obstacle it = reflect::obstacle_of<T>();
    constexpr std::size_t number = reflect::obstacle_at<T>();
    using at = std::conditional_t<number == 0, Where, member_number<T, number>>;
    if constexpr (it == obstacle::no_default)
        static_assert(refused<at, T>,
                      "haft: T{} does not compile for this struct: a member is a reference or has no default "
                      "constructor; use a value that has one "
                      "[haft-E0107]");
    else if constexpr (it == obstacle::base_class)
        static_assert(
            refused<at, T>,
            "haft: a parameter struct may not have a base class; make what it inherits a member [haft-E0107]");
    else if constexpr (it == obstacle::too_many_members)
        static_assert(refused<at, T>,
                      "haft: a parameter struct has at most 64 members; group some in a nested struct [haft-E0107]");
    else if constexpr (it == obstacle::array_union_or_reference)
        static_assert(refused<at, T>,
                      "haft: a member of this struct is an array, a union or a reference; use std::vector, std::string "
                      "for text, or a value "
                      "[haft-E0107]");
    else
        static_assert(refused<at, T>,
                      "haft: a member of this struct is const or a const reference, so no argument could be put there; "
                      "write it without [haft-E0107]");
}

}  // namespace detail

/// Says why `T`, standing at `Where`, can't be used. Requires that it can't.
template <class Where, class T>
consteval void explain_type() {
    if constexpr (std::is_pointer_v<T> || std::is_member_pointer_v<T>) {
        static_assert(detail::refused<Where, T>,
                      "haft: a pointer has no JSON form; use a value, std::string for text, or std::optional for what "
                      "may be absent [haft-E0101]");
    } else if constexpr (std::is_enum_v<T>) {
        static_assert(detail::refused<Where, T>,
                      "haft: the names of this enum are not known; write BOOST_DESCRIBE_ENUM(type, names...) beside "
                      "it, from <boost/describe/enum.hpp> [haft-E0109]");
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        static_assert(detail::refused<Where, T>,
                      "haft: text is a std::string; a view would point at text that is gone [haft-E0101]");
    } else if constexpr (std::is_integral_v<T> && sizeof(T) <= 8) {
        static_assert(detail::refused<Where, T>,
                      "haft: a character type is neither text nor a number; use std::string, or std::int8_t for a "
                      "small number [haft-E0101]");
    } else if constexpr (detail::recursive<T>) {
        static_assert(detail::refused<Where, T>,
                      "haft: a struct that holds others of its own type has no form; give them in a flat std::vector, "
                      "by number or name [haft-E0107]");
    } else if constexpr (holder<T>) {
        using held = typename held_type<T>::type;
        if constexpr (!usable<held>) explain_type<element_of<Where>, held>();
        else
            static_assert(detail::refused<Where, T>,
                          "haft: std::vector<bool> has no elements to point at; use std::vector of an enum or of int "
                          "[haft-E0101]");
    } else if constexpr (requires { typename T::value_type; }) {
        static_assert(detail::refused<Where, T>,
                      "haft: this container has no JSON form; use std::vector or std::optional [haft-E0101]");
    } else if constexpr (std::is_union_v<T>) {
        static_assert(detail::refused<Where, T>,
                      "haft: of a union nobody knows which member counts; use a struct of std::optional [haft-E0101]");
    } else if constexpr (!std::is_class_v<T>) {
        static_assert(detail::refused<Where, T>,
                      "haft: this type has no JSON form; use bool, an integer, double, std::string, an enum, "
                      "std::optional, std::vector or a plain "
                      "struct of these [haft-E0101]");
    } else if constexpr (!std::is_aggregate_v<T>) {
        static_assert(detail::refused<Where, T>,
                      "haft: this class has no JSON form; a struct has one if all its members are public and it has no "
                      "constructor and no virtual "
                      "function [haft-E0101]");
    } else if constexpr (!reflect::plain_struct<T>) {
        detail::explain_obstacle<Where, T>();
    } else if constexpr (alignof(T) > alignof(std::max_align_t)) {
        static_assert(
            detail::refused<Where, T>,
            "haft: this struct is aligned more strictly than std::max_align_t; write it without alignas [haft-E0107]");
    } else if constexpr (detail::first_unusable<T>() < reflect::member_count<T>) {
        constexpr std::size_t at = detail::first_unusable<T>();  // the first only, so that there is one error
        constexpr std::string_view name = reflect::member_name<T, at>;
        explain_type<member_of<T, fixed_string<name.size()>(name)>, reflect::member_type<T, at>>();
    } else if constexpr (!haft::detail::is_field_list<std::remove_cv_t<decltype(fields_of<T>)>>) {
        static_assert(detail::refused<Where, T>,
                      "haft: the words of a struct are a std::array of haft::field; write static constexpr std::array "
                      "haft_fields{haft::field{...}, ...}; "
                      "[haft-E0114]");
    } else if constexpr (!detail::has_constant_defaults<T>) {
        static_assert(detail::refused<Where, T>,
                      "haft: a default in this struct is not known to the compiler; make it a std::optional, and call "
                      "in the function what gives the "
                      "value [haft-E0107]");
    } else if constexpr (detail::structure<T>::built.size != sizeof(T)) {
        static_assert(detail::refused<Where, T>,
                      "haft: the layout of this struct can't be computed; write it without alignas and "
                      "[[no_unique_address]] [haft-E0107]");
    } else {
        detail::explain_words<Where, T>();
    }
}

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_EXPLAIN_HPP
