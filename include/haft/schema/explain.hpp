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
template <fixed_string Reason>
struct pattern_is_refused;
struct no_name_is_near;

namespace detail {

/// The way from a type to the first of its parts that can't be used.
struct trail_to_fault {
    static constexpr std::size_t most = 64;
    std::size_t steps[most]{};
    std::size_t length = 0;
    bool found = false;
};

/// Walks over everything that a type is made of, each struct once.
class usable_walk {
public:
    trail_to_fault trail;

    constexpr bool visit(const json::type& t) {
        if (t.kind == json::kind::none) return !(trail.found = true);
        if (t.kind == json::kind::object && t.count) {
            for (std::size_t i = 0; i < seen_count_; ++i)
                if (seen_[i]->is_struct(t)) return true;
            if (seen_count_ < most_seen) seen_[seen_count_++] = &t;
        }
        if (trail.length == trail_to_fault::most) return true;
        ++trail.length;
        for (std::size_t i = 0; i < t.part_count(); ++i) {
            trail.steps[trail.length - 1] = i;
            if (!visit(t.part(i))) return false;
        }
        --trail.length;
        return true;
    }

private:
    static constexpr std::size_t most_seen = 256;
    const json::type* seen_[most_seen];  // (not filled in, which takes the compiler time)
    std::size_t seen_count_ = 0;
};

template <class T>
inline constexpr trail_to_fault first_fault = [] {
    usable_walk walk;
    walk.visit(type_of<T>);
    return walk.trail;
}();

}  // namespace detail

/// A type that has a form, and that can be used with all that it is made of.
template <class T>
inline constexpr bool usable = !detail::first_fault<T>.found;

template <class Where, class T, class Root = T, std::size_t Step = 0>
consteval void explain_type();

namespace detail {

template <class...>
inline constexpr bool refused = false;

/// The parameters of a function that takes several, in the words of a refusal.
struct a_function;

template <class Source>
consteval std::string_view nearest_member(std::string_view word) {
    nearest_name nearest(word);
    for (const std::string_view name : Source::names) nearest.consider(name);
    return nearest.name();
}

template <class Source>
consteval std::string_view pattern_reason() {
    return json::explain_pattern(Source::words[object_table<Source>::built.problem_at].pattern()).why;
}

/// Says what is wrong with the words for the members of a source. `T` is what the user knows them of.
template <class Where, class T, class Source>
consteval void explain_words() {
    using built = object_table<Source>;
    constexpr words_problem problem = built::built.problem;
    constexpr std::string_view name = Source::words[built::built.problem_at].name;
    using word = word_of<T, fixed_string<name.size()>(name)>;
    if constexpr (problem == words_problem::no_such_member) {
        constexpr std::string_view meant = nearest_member<Source>(name);
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
        static_assert(
            refused<Where, word>,
            "haft: haft_fields has two entries for one member, or one for a member that has annotations; keep "
            "one [haft-E0113]");
    } else if constexpr (problem == words_problem::required_and_not_required) {
        static_assert(refused<Where, word>,
                      "haft: a parameter is marked both haft::required and haft::not_required; keep one [haft-E0113]");
    } else if constexpr (problem == words_problem::word_twice) {
        static_assert(refused<Where, word>,
                      "haft: one word for a parameter stands twice, or minimum beside exclusive_minimum; keep one "
                      "[haft-E0113]");
    } else if constexpr (problem == words_problem::key_given_twice) {
        static_assert(refused<Where, word>,
                      "haft: two parameters have one name in JSON; give one of them another by haft::as [haft-E0120]");
    } else if constexpr (problem == words_problem::illegal_key) {
        static_assert(refused<Where, word>, "haft: a parameter has no name at all; give it one [haft-E0120]");
    } else if constexpr (problem == words_problem::too_many_words) {
        static_assert(
            refused<Where, word>,
            "haft: the texts or values for one parameter are too many; one_of takes 32 values, examples 8, all "
            "texts 1024 characters; an enum has no such limit [haft-E0121]");
    } else {
        constexpr std::size_t at = [] {
            std::size_t n = 0;
            while (built::names[n] != Source::words[built::built.problem_at].name) ++n;
            return n;
        }();
        using member = typename Source::template type<at>;
        if constexpr (problem == words_problem::limit_of_another_type)
            static_assert(
                refused<Where, word, member>,
                "haft: this limit is not for a parameter of this type; minimum, maximum and multiple_of are for "
                "numbers, min_length, max_length, pattern and format for strings, min_items, max_items and "
                "unique_items for arrays, min_properties and max_properties for maps, one_of for strings and "
                "numbers [haft-E0105]");
        else if constexpr (problem == words_problem::limit_of_its_form)
            static_assert(refused<Where, word, member>,
                          "haft: this parameter's type brings a limit of that kind of its own, and a schema has each "
                          "once; leave the word out [haft-E0105]");
        else if constexpr (problem == words_problem::limit_not_representable)
            static_assert(refused<Where, word, member>,
                          "haft: this limit is no value of the parameter's type; for an integer give a whole number "
                          "within its range, for multiple_of one above 0 [haft-E0105]");
        else if constexpr (problem == words_problem::limits_exclude_everything)
            static_assert(
                refused<Where, word, member>,
                "haft: the lower limit is above the upper one, so no value could be given; swap them [haft-E0106]");
        else if constexpr (problem == words_problem::bad_pattern)
            static_assert(
                refused<Where, word,
                        pattern_is_refused<fixed_string<pattern_reason<Source>().size()>(pattern_reason<Source>())>>,
                "haft: this pattern can't be used; why, stands in pattern_is_refused<...> [haft-E0122]");
        else if constexpr (problem == words_problem::unknown_format)
            static_assert(refused<Where, word>,
                          "haft: this format is not one that haft checks; those are date-time, date, time, duration, "
                          "email, hostname, uri, uuid, ipv4 and ipv6; use a pattern for another [haft-E0123]");
        else if constexpr (problem == words_problem::value_of_another_type)
            static_assert(refused<Where, word, member>,
                          "haft: a value of one_of or examples is no value of the parameter's type [haft-E0124]");
        else if constexpr (problem == words_problem::default_of_another_type)
            static_assert(refused<Where, word, member>,
                          "haft: the default is no value of the parameter's type [haft-E0124]");
        else if constexpr (problem == words_problem::two_defaults)
            static_assert(
                refused<Where, word, member>,
                "haft: the member has an initialiser, which is its default; drop haft::default_ [haft-E0113]");
        else
            static_assert(
                refused<Where, word, member>,
                "haft: the default breaks the limits of its own parameter; mend the one or the other [haft-E0106]");
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

/// The first part of a container that has no table; then the container has none either.
template <class T>
consteval std::size_t part_count() {
    if constexpr (has_parts<T>) return form<T>::parts::size;
    else return 0;
}
template <class T>
consteval std::size_t part_at_fault() {
    if constexpr (has_parts<T>) {
        return []<class... Part>(type_list<Part...>) {
            std::size_t n = 0;
            static_cast<void>((... && (type_of<Part>.kind != json::kind::none && ++n)));
            return n;
        }(typename form<T>::parts{});
    } else {
        return 0;
    }
}

template <class T>
consteval std::string_view spelled_type() {
    return __PRETTY_FUNCTION__;
}
/// Whether a class is the standard library's, of which some have a form in <haft/std.hpp> only.
template <class T>
consteval bool is_of_std() {
    const std::string_view text = spelled_type<T>();  // … [with T = std::bitset<8>; …] or [T = std::bitset<8>]
    return std::is_class_v<T> && text.substr(text.find("T = ") + 4).starts_with("std::");
}

/// Says why `T` itself can't be used, whatever it is made of.
template <class Where, class T>
consteval void explain_this() {
    if constexpr (std::is_reference_v<T> || !std::is_same_v<T, std::remove_cv_t<T>>) {
        static_assert(refused<Where, T>,
                      "haft: a reference or const type has no JSON form; write the type itself [haft-E0101]");
    } else if constexpr (std::is_pointer_v<T> || std::is_member_pointer_v<T>) {
        static_assert(refused<Where, T>,
                      "haft: a pointer has no JSON form; use a value, std::string for text, or std::optional for what "
                      "may be absent [haft-E0101]");
    } else if constexpr (std::is_enum_v<T>) {
        constexpr reflect::enum_problem it = reflect::problem_of_enum<T>;
        if constexpr (it == reflect::enum_problem::beyond_window)
            static_assert(refused<Where, T>,
                          "haft: this enum may have values outside of -1 to 127, where their names are not looked for; "
                          "write BOOST_DESCRIBE_ENUM(type, names...) beside it, from <boost/describe/enum.hpp> "
                          "[haft-E0109]");
        else if constexpr (it == reflect::enum_problem::name_twice)
            static_assert(refused<Where, T>,
                          "haft: haft::enum_names, or haft::as, gives two enumerators of this enum one name, so nobody "
                          "could choose the "
                          "second; give each its own [haft-E0109]");
        else
            static_assert(
                refused<Where, T>,
                "haft: the names of this enum are not known; write BOOST_DESCRIBE_ENUM(type, names...) beside "
                "it, from <boost/describe/enum.hpp>, or make it an enum class [haft-E0109]");
    } else if constexpr ((std::is_class_v<T> || std::is_union_v<T>) && !requires { sizeof(T); }) {
        static_assert(refused<Where, T>,
                      "haft: this type is declared, but not defined here; include the header that defines it "
                      "[haft-E0101]");
    } else if constexpr (has_form<T> && !can_be_made<T>) {
        static_assert(
            refused<Where, T>,
            "haft: this type has no default constructor, and what is read is made first and filled then; give "
            "it one, or a form by another type [haft-E0101]");
    } else if constexpr (has_form<T> && !has_parts<T> && form<T>::kind != json::kind::object) {
        static_assert(refused<Where, T>, "haft: this type's form gives no table of its own kind [haft-E0125]");
    } else if constexpr (part_at_fault<T>() < part_count<T>()) {
        explain_type<element_of<Where>, typename form<T>::parts::template at<part_at_fault<T>()>>();
    } else if constexpr (has_parts<T> && has_form<T>) {
        static_assert(refused<Where, T>,
                      "haft: this container has no JSON form with this key or these elements; a map's key is a string, "
                      "an enum or an integer [haft-E0101]");
    } else if constexpr (requires { form<T>::is_content; }) {
        static_assert(refused<Where, T>,
                      "haft: an image, a sound or a resource is a result by itself, or attached to one; return it, "
                      "haft::content or haft::output<T> [haft-E0101]");
    } else if constexpr (requires { form<T>::is_parameter; }) {
        static_assert(
            refused<Where, T>,
            "haft: a haft::arg is a parameter of a function; within another type write a member [haft-E0101]");
    } else if constexpr (requires(T& r) { r.has_value(), r.error(); }) {
        static_assert(refused<Where, T>,
                      "haft: a haft::result is a function's result by itself, not part of a value; return "
                      "haft::result<T> [haft-E0101]");
    } else if constexpr (is_of_std<T>()) {
        static_assert(refused<Where, T>,
                      "haft: this type of the standard library has no JSON form here; include <haft/std.hpp> for all "
                      "that have one (containers, std::chrono, paths, smart pointers), of the others take a value "
                      "[haft-E0101]");
    } else if constexpr (requires { typename T::value_type; }) {
        static_assert(refused<Where, T>,
                      "haft: this container has no JSON form; use std::vector, or specialise haft::schema::form for it "
                      "[haft-E0101]");
    } else if constexpr (std::is_union_v<T>) {
        static_assert(refused<Where, T>,
                      "haft: of a union nobody knows which member counts; use a std::variant [haft-E0101]");
    } else if constexpr (!std::is_class_v<T>) {
        static_assert(refused<Where, T>,
                      "haft: this type has no JSON form; use bool, a number, std::string, an enum, std::optional, "
                      "std::vector or a plain struct of these [haft-E0101]");
    } else if constexpr (!std::is_aggregate_v<T>) {
        static_assert(refused<Where, T>,
                      "haft: this class has no JSON form; a struct has one if all its members are public and it has no "
                      "constructor and no virtual function; for another specialise haft::schema::form [haft-E0101]");
    } else if constexpr (!reflect::plain_struct<T>) {
        explain_obstacle<Where, T>();
    } else if constexpr (alignof(T) > alignof(std::max_align_t)) {
        static_assert(
            refused<Where, T>,
            "haft: this struct is aligned more strictly than std::max_align_t; write it without alignas [haft-E0107]");
    } else if constexpr (!haft::detail::is_field_list<std::remove_cv_t<decltype(fields_of<T>)>>) {
        static_assert(refused<Where, T>,
                      "haft: the words of a struct are a std::array of haft::field; write static constexpr std::array "
                      "haft_fields{haft::field{...}, ...}; [haft-E0114]");
    } else if constexpr (!computable_structure<T>) {
        static_assert(refused<Where, T>,
                      "haft: a default in this struct is not known to the compiler; make it a std::optional, and call "
                      "in the function what gives the value [haft-E0107]");
    } else if constexpr (structure<T>::built.problem == words_problem::none) {
        static_assert(refused<Where, T>,
                      "haft: the layout of this struct can't be computed; write it without alignas and "
                      "[[no_unique_address]] [haft-E0107]");
    } else {
        explain_words<Where, T, struct_members<T>>();
    }
}

}  // namespace detail

/// Says why `T`, standing at `Where`, can't be used. Requires that it can't. Follows the trail to the first fault only, so
/// that there is one error; each step is one function, whose name clang and g++ print.
template <class Where, class T, class Root, std::size_t Step>
consteval void explain_type() {
    if constexpr (Step == detail::first_fault<Root>.length) {
        detail::explain_this<Where, T>();
    } else {
        constexpr std::size_t at = detail::first_fault<Root>.steps[Step];
        if constexpr (has_parts<T>) {
            explain_type<element_of<Where>, typename form<T>::parts::template at<at>, Root, Step + 1>();
        } else {
            constexpr std::string_view name = reflect::member_name<T, at>;
            explain_type<member_of<T, fixed_string<name.size()>(name)>, reflect::member_type<T, at>, Root, Step + 1>();
        }
    }
}

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_EXPLAIN_HPP
