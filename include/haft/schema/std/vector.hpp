// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_VECTOR_HPP
#define HAFT_SCHEMA_STD_VECTOR_HPP

/// The form of std::vector: a JSON array. (std::vector<bool> has no elements that could be pointed at, hence no form.)

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <concepts>
#include <cstddef>
#include <vector>

namespace haft::inline v0::schema {

template <class T>
struct held_type<std::vector<T>> {
    using type = T;
};

template <has_form T>
    requires(!std::same_as<T, bool>)
struct form<std::vector<T>> {
    static constexpr json::type table() {
        using vector = std::vector<T>;
        return {.kind = json::kind::array,
                .element = &type_of<T>,
                .append = [](void* to) -> void* { return &static_cast<vector*>(to)->emplace_back(); },
                .clear = [](void* to) { static_cast<vector*>(to)->clear(); },
                .view = [](const void* from, std::size_t& count) -> const void* {
                    const auto& items = *static_cast<const vector*>(from);
                    count = items.size();
                    return items.data();
                }};
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_VECTOR_HPP
