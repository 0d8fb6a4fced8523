// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_EXPLAIN_HPP
#define HAFT_SCHEMA_EXPLAIN_HPP

/// The speaking twin of `has_form`: why a type can't be a tool's, as one compile-time error in plain words. The template
/// arguments of the function that complains name the tool, the struct and the member.

#include <haft/core/fixed_string.hpp>
#include <haft/core/nearest.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/structure.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::schema {

// Where a type stands. Never defined: their names are what the compiler prints.
template <fixed_string Tool>
struct parameters_of_tool;
template <fixed_string Tool>
struct result_of_tool;
template <class Struct, fixed_string Name>
struct member_of;
template <class Container>
struct element_of;
template <fixed_string Name>
struct did_you_mean;
struct no_name_is_near;

namespace detail {

template <std::size_t N>
consteval fixed_string<N> to_fixed(std::string_view text) {
    return fixed_string<N>(text);
}

template <class...>
inline constexpr bool refused = false;

/// One complaint about the words of a struct. Word: the name that it begins with.
template <words_problem Problem, class Struct, fixed_string Word, class Hint>
consteval void complain_about_words() {
    static_assert(Problem != words_problem::no_such_member,
                  "haft: haft_fields has a word for a member that does not exist; the struct, the word and the nearest name "
                  "stand in this line's function [haft-E0104]");
    static_assert(Problem != words_problem::given_twice, "haft: haft_fields has two entries for one member; keep one [haft-E0113]");
    static_assert(Problem != words_problem::required_and_not_required,
                  "haft: a member is marked both haft::required and haft::not_required; keep one [haft-E0113]");
    static_assert(Problem != words_problem::limit_of_another_type,
                  "haft: this limit is not for a member of this type; minimum and maximum are for numbers, min_length and max_length "
                  "for strings, min_items and max_items for arrays [haft-E0105]");
    static_assert(Problem != words_problem::limit_not_representable,
                  "haft: this limit is no value of the member's type; give a whole number within its range [haft-E0105]");
    static_assert(Problem != words_problem::limits_exclude_everything,
                  "haft: the lower limit is above the upper one, so no value could be given; swap them [haft-E0106]");
    static_assert(Problem != words_problem::default_outside_limits,
                  "haft: the member's default breaks its own limits; mend the one or the other [haft-E0106]");
}

template <class T>
consteval bool explain_words() {
    using built = structure<T>;
    constexpr words_problem problem = built::built.problem;
    if constexpr (problem != words_problem::none) {
        constexpr std::string_view word = built::words[built::built.problem_at].name;
        constexpr std::string_view near = [] {
            nearest_name nearest(word);
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                (nearest.consider(reflect::member_name<T, I>), ...);
            }(std::make_index_sequence<built::count>{});
            return nearest.name();
        }();
        if constexpr (problem == words_problem::no_such_member && !near.empty())
            complain_about_words<problem, T, to_fixed<word.size()>(word), did_you_mean<to_fixed<near.size()>(near)>>();
        else complain_about_words<problem, T, to_fixed<word.size()>(word), no_name_is_near>();
    }
    return problem == words_problem::none;
}

}  // namespace detail

/// Says why `T`, standing at `Where`, can't be used; says nothing if it can. Returns whether it can.
template <class Where, class T>
consteval bool explain_type() {
    if constexpr (std::is_pointer_v<T> || std::is_member_pointer_v<T>) {
        static_assert(detail::refused<Where, T>,
                      "haft: a pointer has no JSON form; use a value, std::string for text, or std::optional for what may be absent [haft-E0101]");
    } else if constexpr (std::is_reference_v<T>) {
        static_assert(detail::refused<Where, T>, "haft: a reference has no JSON form; use a value [haft-E0101]");
    } else if constexpr (std::is_enum_v<T>) {
        static_assert(has_form<T>, "haft: the names of this enum are not known; write BOOST_DESCRIBE_ENUM(type, names...) beside it [haft-E0109]");
    } else if constexpr (requires { typename T::value_type; requires !std::is_same_v<T, std::string>; }) {
        if constexpr (std::is_same_v<T, std::vector<bool>>)
            static_assert(has_form<T>, "haft: std::vector<bool> has no elements to point at; use std::vector of an enum or of int [haft-E0101]");
        else if constexpr (explain_type<element_of<Where>, typename T::value_type>())
            static_assert(has_form<T>, "haft: this container has no JSON form; use std::vector or std::optional [haft-E0101]");
    } else if constexpr (std::is_class_v<T> && std::is_aggregate_v<T>) {
        if constexpr (!std::is_default_constructible_v<T>) {
            static_assert(detail::refused<Where, T>,
                          "haft: T{} does not compile for this struct; a member is a reference or lacks a default constructor [haft-E0107]");
        } else if constexpr (!reflect::plain_struct<T>) {
            static_assert(detail::refused<Where, T>,
                          "haft: a parameter struct may not have a base class; make what it inherits a member [haft-E0107]");
        } else if constexpr (reflect::member_count<T> > most_members) {
            static_assert(detail::refused<Where, T>, "haft: a parameter struct has at most 64 members; group some in a nested struct [haft-E0107]");
        } else {
            constexpr bool members = []<std::size_t... I>(std::index_sequence<I...>) {
                // && so that one wrong member gives one error
                return (... && explain_type<member_of<T, detail::to_fixed<reflect::member_name<T, I>.size()>(reflect::member_name<T, I>)>,
                                            reflect::member_type<T, I>>());
            }(std::make_index_sequence<reflect::member_count<T>>{});
            if constexpr (members) return detail::explain_words<T>();
        }
    } else {
        static_assert(has_form<T>, "haft: this type has no JSON form; use bool, a number, std::string, an enum, std::optional, std::vector or a plain "
                                   "struct of these [haft-E0101]");
    }
    return has_form<T>;
}

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_EXPLAIN_HPP
