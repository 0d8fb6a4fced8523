// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_MEMBERS_HPP
#define HAFT_REFLECT_MEMBERS_HPP

/// The members of a plain struct: how many, their names, types and default values. A façade over the engine that the
/// compiler has; no other folder knows which one is at work.

#include <haft/reflect/engine/cxx20.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::reflect {

/// The most members of a plain struct: their presence is one machine word.
inline constexpr std::size_t most_members = 64;

/// A struct whose members can be listed and set: an aggregate class without base classes that `T{}` makes, of at most
/// 64 members, none of them const, a reference, an array or a union. (Bit-fields are beyond the C++20 engine, and not
/// told apart here: the compiler refuses them.)
template <class T>
concept plain_struct =
    std::is_class_v<T> && std::is_aggregate_v<T> && requires { T{}; } && !engine::has_base_class<T> &&
    engine::has_at_most<T, most_members> && engine::has_only_values<T> && std::is_move_assignable_v<T>;

/// What keeps an aggregate class from being a plain struct.
enum class obstacle : unsigned char {
    none,
    no_default,
    base_class,
    too_many_members,
    array_union_or_reference,
    const_member
};

template <class T>
consteval obstacle obstacle_of() {
    if constexpr (plain_struct<T>) return obstacle::none;
    else if constexpr (!requires { T{}; }) return obstacle::no_default;
    else if constexpr (engine::has_base_class<T>) return obstacle::base_class;
    else if constexpr (!engine::has_at_most<T, most_members>)
        return engine::takes_in_parentheses<T>(std::make_index_sequence<most_members + 1>{})
                   ? obstacle::too_many_members
                   : obstacle::array_union_or_reference;
    else if constexpr (!engine::has_only_values<T>) return obstacle::array_union_or_reference;
    else return obstacle::const_member;
}

/// Which member it is, counted from 1, since it has no name that could be read; 0 if that can't be told.
template <class T>
consteval std::size_t obstacle_at() {
    if constexpr (obstacle_of<T>() == obstacle::no_default) return engine::last_without_default<T>();
    else if constexpr (obstacle_of<T>() == obstacle::array_union_or_reference) return engine::first_without_value<T>();
    else return 0;
}

template <class T>
inline constexpr std::size_t member_count = engine::member_count<T>;
template <class T>
    requires std::is_empty_v<T>
inline constexpr std::size_t member_count<T> = 0;

template <class T, std::size_t At>
using member_type = engine::member_type<T, At>;

/// `member_name<T, At>`: the identifier.
template <class T, std::size_t At>
inline constexpr std::string_view member_name = engine::member_names<T>()[At];

/// The I-th member of an object.
template <std::size_t At, class T>
constexpr auto& get(T& object) noexcept {
    return engine::get<At>(object);
}

/// Whether two values differ; values that can't be compared count as equal. Looks inside containers and structs by
/// itself: a vector has `==` even where its elements have none, and to use that would be an error.
template <class T>
constexpr bool differs(const T& a, const T& b) {
    if constexpr (std::is_scalar_v<T> || std::is_convertible_v<const T&, std::string_view>) {
        return !(a == b);
    } else if constexpr (requires {
                             a.has_value();
                             *a;
                         }) {
        return a.has_value() != b.has_value() || (a.has_value() && differs(*a, *b));
    } else if constexpr (requires {
                             a.size();
                             a.begin();
                         }) {
        if (a.size() != b.size()) return true;
        for (auto i = a.begin(), j = b.begin(); i != a.end(); ++i, ++j)
            if (differs(*i, *j)) return true;
        return false;
    } else if constexpr (plain_struct<T>) {
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return (... || differs(get<At>(a), get<At>(b)));
        }(std::make_index_sequence<member_count<T>>{});
    } else {
        return false;
    }
}

/// Whether the author gave the I-th member a default value. A scalar has one if it has an initialiser; anything else if
/// its value in `T{}` is not the empty one of its type, so `std::string s = ""` reads as no default.
template <class T, std::size_t At>
consteval bool member_has_default() {
    if constexpr (std::is_scalar_v<member_type<T, At>>) {
        return engine::scalar_has_initializer<T, At>;
    } else {
        // g++ 12 refuses a const std::string in a constant expression, and outside of a lambda initialisers with conversions.
        return [] {
            T object{};
            member_type<T, At> empty{};
            return differs(get<At>(object), empty);
        }();
    }
}

}  // namespace haft::inline v0::reflect

#endif  // HAFT_REFLECT_MEMBERS_HPP
