// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_ARRAY_HPP
#define HAFT_SCHEMA_STD_ARRAY_HPP

/// The form of std::array: a JSON array of just so many items.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace haft::inline v0::schema {

template <class T, std::size_t N>
struct form<std::array<T, N>> {
    static constexpr json::kind kind = json::kind::tuple;
    using parts = type_list<T>;
    static constexpr json::type table() {
        if (N > 65535) return {};
        json::type t = json::of_kind(kind);
        t.uniform = true;
        t.count = static_cast<std::uint16_t>(N);
        t.element = &type_of<T>;
        t.at = [](void* array, std::size_t i) -> void* { return static_cast<std::array<T, N>*>(array)->data() + i; };
        return t;
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_ARRAY_HPP
