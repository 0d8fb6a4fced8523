// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_STRING_HPP
#define HAFT_SCHEMA_STD_STRING_HPP

/// The form of std::string: a JSON string, UTF-8 on both sides.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <string>

namespace haft::inline v0::schema {

template <>
struct form<std::string> {
    static constexpr json::type table() { return {.kind = json::kind::string}; }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_STRING_HPP
