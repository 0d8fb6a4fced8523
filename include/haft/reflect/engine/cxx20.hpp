// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENGINE_CXX20_HPP
#define HAFT_REFLECT_ENGINE_CXX20_HPP

/// The C++20 engine: Boost.PFR for the members of an aggregate, Boost.Describe for enumerators. Only `reflect/` includes it.

#include <boost/describe/enumerators.hpp>
#include <boost/pfr/core.hpp>
#include <boost/pfr/core_name.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::reflect::engine {

/// Converts to anything that is a base of T: an aggregate takes it first exactly if it has a base class.
template <class T>
struct a_base_of {
    template <class Base>
        requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>)
    operator Base() const;
};

template <class T>
inline constexpr bool has_base_class = requires { T{a_base_of<T>{}}; };

template <class T>
inline constexpr std::size_t member_count = boost::pfr::tuple_size_v<T>;

template <class T, std::size_t I>
using member_type = boost::pfr::tuple_element_t<I, T>;

template <class T>
constexpr auto member_names() {
    return boost::pfr::names_as_array<T>();
}

template <std::size_t I, class T>
constexpr auto& get(T& object) noexcept {
    return boost::pfr::get<I>(object);
}

// A scalar member without an initialiser is indeterminate in `T t;`, and to read it is no constant expression.
template <class T, std::size_t I>
constexpr bool read_member() {
    T object;
    auto copy = get<I>(object);
    static_cast<void>(copy);
    return true;
}
template <class T, std::size_t I>
concept scalar_has_initializer = requires { typename std::bool_constant<read_member<T, I>()>; };

template <class E>
concept described_enum = std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value;

template <described_enum E>
consteval auto enumerators() {
    return []<template <class...> class List, class... D>(List<D...>*) {
        return std::array<std::pair<std::string_view, E>, sizeof...(D)>{{{D::name, D::value}...}};
    }(static_cast<boost::describe::describe_enumerators<E>*>(nullptr));
}

}  // namespace haft::inline v0::reflect::engine

#endif  // HAFT_REFLECT_ENGINE_CXX20_HPP
