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
struct held_type<std::optional<T>> {
    using type = T;
};

template <has_form T>
struct form<std::optional<T>> {
    static constexpr json::type table() {
        using optional = std::optional<T>;
        return {.kind = json::kind::optional,
                .element = &type_of<T>,
                .append = [](void* to) -> void* { return &static_cast<optional*>(to)->emplace(); },
                .clear = [](void* to) { static_cast<optional*>(to)->reset(); },
                .view = [](const void* from, std::size_t& count) -> const void* {
                    const auto& value = *static_cast<const optional*>(from);
                    count = value.has_value();
                    return value ? &*value : nullptr;
                }};
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_OPTIONAL_HPP
