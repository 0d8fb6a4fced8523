// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_MAP_HPP
#define HAFT_SCHEMA_STD_MAP_HPP

/// The form of std::map: a JSON object with any keys. A key is a string, an enum, an integer or a text such as a date; an
/// integer has one spelling, so "01" is none.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/std/detail/keys.hpp>

#include <map>
#include <utility>

namespace haft::inline v0::schema {

template <class K, class V, class Less>
struct form<std::map<K, V, Less>> : detail::map_form<std::map<K, V, Less>> {};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_MAP_HPP
