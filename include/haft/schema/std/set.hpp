// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_SET_HPP
#define HAFT_SCHEMA_STD_SET_HPP

/// The form of std::set: a JSON array of different items. One that is given twice is a fault.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/std/detail/keys.hpp>

#include <set>

namespace haft::inline v0::schema {

template <class T, class Less>
struct form<std::set<T, Less>> : detail::set_form<std::set<T, Less>> {};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_SET_HPP
