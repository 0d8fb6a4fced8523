// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENUMERATORS_HPP
#define HAFT_REFLECT_ENUMERATORS_HPP

/// The names and values of an enum. A façade over the engine that the compiler has.

#include <haft/reflect/engine/cxx20.hpp>

#include <string_view>
#include <utility>

namespace haft::inline v0::reflect {

/// An enum whose enumerators can be listed; in C++20 one that BOOST_DESCRIBE_ENUM names.
template <class E>
concept described_enum = engine::described_enum<E>;

/// Pairs of name and value, in the order of their description.
template <described_enum E>
inline constexpr auto enumerators = engine::enumerators<E>();

}  // namespace haft::inline v0::reflect

#endif  // HAFT_REFLECT_ENUMERATORS_HPP
