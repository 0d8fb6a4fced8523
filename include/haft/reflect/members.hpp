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

/// A struct whose members can be listed: an aggregate class without base classes that `T{}` makes.
/// (Unions, bit-fields and array members are beyond the C++20 engine, and not told apart here.)
template <class T>
concept plain_struct = std::is_class_v<T> && std::is_aggregate_v<T> && std::is_default_constructible_v<T> &&
                       !engine::has_base_class<T>;

template <class T>
inline constexpr std::size_t member_count = engine::member_count<T>;
template <class T>
    requires std::is_empty_v<T>
inline constexpr std::size_t member_count<T> = 0;

template <class T, std::size_t I>
using member_type = engine::member_type<T, I>;

/// `member_name<T, I>`: the identifier.
template <class T, std::size_t I>
inline constexpr std::string_view member_name = engine::member_names<T>()[I];

/// The I-th member of an object.
template <std::size_t I, class T>
constexpr auto& get(T& object) noexcept {
    return engine::get<I>(object);
}

/// Whether two values differ; values that can't be compared count as equal. Looks inside containers and structs by
/// itself: a vector has `==` even where its elements have none, and to use that would be an error.
template <class T>
constexpr bool differs(const T& a, const T& b) {
    if constexpr (std::is_scalar_v<T> || std::is_convertible_v<const T&, std::string_view>) {
        return !(a == b);
    } else if constexpr (requires { a.has_value(); *a; }) {
        return a.has_value() != b.has_value() || (a.has_value() && differs(*a, *b));
    } else if constexpr (requires { a.size(); a.begin(); }) {
        if (a.size() != b.size()) return true;
        for (auto i = a.begin(), j = b.begin(); i != a.end(); ++i, ++j)
            if (differs(*i, *j)) return true;
        return false;
    } else if constexpr (plain_struct<T>) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return (... || differs(get<I>(a), get<I>(b)));
        }(std::make_index_sequence<member_count<T>>{});
    } else {
        return false;
    }
}

/// Whether the author gave the I-th member a default value. A scalar has one if it has an initialiser; anything else if
/// its value in `T{}` is not the empty one of its type, so `std::string s = ""` reads as no default.
template <class T, std::size_t I>
consteval bool member_has_default() {
    if constexpr (std::is_scalar_v<member_type<T, I>>) {
        return engine::scalar_has_initializer<T, I>;
    } else {
        T object{};  // not const: g++ 12 refuses a const std::string in a constant expression
        member_type<T, I> empty{};
        return differs(get<I>(object), empty);
    }
}

}  // namespace haft::inline v0::reflect

#endif  // HAFT_REFLECT_MEMBERS_HPP
