// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_VECTOR_HPP
#define HAFT_SCHEMA_STD_VECTOR_HPP

/// The form of std::vector: a JSON array.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/scalar.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::schema {

template <class T>
struct form<std::vector<T>> {
    static constexpr json::kind kind = json::kind::array;
    using parts = type_list<T>;
    static constexpr json::type table() {
        using vector = std::vector<T>;
        json::type t = json::of_kind(kind);
        t.element = &type_of<T>;
        t.append = [](void* to) -> void* { return __builtin_addressof(static_cast<vector*>(to)->emplace_back()); };
        t.append_all = append_all();
        t.clear = [](void* to) { static_cast<vector*>(to)->clear(); };
        t.view = [](const void* from, std::size_t& count) -> const void* {
            const auto& items = *static_cast<const vector*>(from);
            count = items.size();
            return items.data();
        };
        t.list = nullptr;
        return t;
    }

private:
    static constexpr auto append_all() -> void (*)(void*, const void*, std::size_t) {
        if constexpr (std::is_arithmetic_v<T>)
            return [](void* to, const void* from, std::size_t n) {
                const auto* first = static_cast<const T*>(from);
                static_cast<std::vector<T>*>(to)->insert(static_cast<std::vector<T>*>(to)->end(), first, first + n);
            };
        else return nullptr;
    }
};

/// Its elements are bits, which nothing can point at.
template <>
struct form<std::vector<bool>> {
    static constexpr json::kind kind = json::kind::array;
    using parts = type_list<bool>;
    static constexpr json::list_operations operations{
        .insert =
            [](void* list, void* element) {
                static_cast<std::vector<bool>*>(list)->push_back(*static_cast<const bool*>(element));
                return json::placing::done;
            },
        .visit =
            [](const void* list, void* user, void (*each)(void* user, const void* element)) {
                for (const bool item : *static_cast<const std::vector<bool>*>(list)) each(user, &item);
            }};
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.element = &type_of<bool>;
        t.clear = [](void* to) { static_cast<std::vector<bool>*>(to)->clear(); };
        t.view = nullptr;
        t.list = &operations;
        return t;
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_VECTOR_HPP
