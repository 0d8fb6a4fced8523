// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_OPTIONAL_HPP
#define HAFT_SCHEMA_STD_OPTIONAL_HPP

/// The form of std::optional: as a member it is its value or not there at all; elsewhere its value or null.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <cstddef>
#include <optional>

namespace haft::inline v0::schema {

template <class T>
struct form<std::optional<T>> {
    static constexpr json::kind kind = json::kind::optional;
    using parts = type_list<T>;
    static constexpr json::type table() {
        using optional = std::optional<T>;
        json::type t = json::of_kind(kind);
        t.element = &type_of<T>;
        t.append = [](void* to) -> void* { return __builtin_addressof(static_cast<optional*>(to)->emplace()); };
        t.clear = [](void* to) { static_cast<optional*>(to)->reset(); };
        t.view = [](const void* from, std::size_t& count) -> const void* {
            const auto& value = *static_cast<const optional*>(from);
            count = value.has_value();
            return value.has_value() ? __builtin_addressof(*value) : nullptr;
        };
        return t;
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_OPTIONAL_HPP
