// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENGINE_DESCRIBED_ENUM_HPP
#define HAFT_REFLECT_ENGINE_DESCRIBED_ENUM_HPP

/// Enums whose author lists the enumerators with BOOST_DESCRIBE_ENUM, in an order of his own.

#include <boost/describe/enumerators.hpp>

#include <array>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::reflect::engine {

template <class E>
concept described_enum = std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value;

template <described_enum E>
consteval auto described_enumerators() {
    return []<template <class...> class List, class... D>(List<D...>*) {
        return std::array<std::pair<std::string_view, E>, sizeof...(D)>{{{D::name, D::value}...}};
    }(static_cast<boost::describe::describe_enumerators<E>*>(nullptr));
}

}  // namespace haft::inline v0::reflect::engine

#endif  // HAFT_REFLECT_ENGINE_DESCRIBED_ENUM_HPP
