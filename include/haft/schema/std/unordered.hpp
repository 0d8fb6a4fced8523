// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_UNORDERED_HPP
#define HAFT_SCHEMA_STD_UNORDERED_HPP

/// The forms of std::unordered_map and std::unordered_set, as those of std::map and std::set. They are written sorted,
/// so that the same value is the same text with every standard library.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/std/detail/keys.hpp>

#include <unordered_map>
#include <unordered_set>

namespace haft::inline v0::schema {

template <class K, class V, class Hash, class Equal>
struct form<std::unordered_map<K, V, Hash, Equal>> : detail::map_form<std::unordered_map<K, V, Hash, Equal>> {};
template <class T, class Hash, class Equal>
struct form<std::unordered_set<T, Hash, Equal>> : detail::set_form<std::unordered_set<T, Hash, Equal>> {};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_UNORDERED_HPP
