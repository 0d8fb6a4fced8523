// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_DEQUE_HPP
#define HAFT_SCHEMA_STD_DEQUE_HPP

/// The forms of std::deque and std::list: a JSON array.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <deque>
#include <list>
#include <memory>

namespace haft::inline v0::schema {

namespace detail {
template <class List>
struct list_form {
    using element = typename List::value_type;
    static constexpr json::kind kind = json::kind::array;
    using parts = type_list<element>;
    static constexpr json::list_operations operations{
        .visit = [](const void* list, void* user, void (*each)(void* user, const void* element)) {
            for (const auto& item : *static_cast<const List*>(list)) each(user, __builtin_addressof(item));
        }};
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.element = &type_of<element>;
        t.append = [](void* to) -> void* { return __builtin_addressof(static_cast<List*>(to)->emplace_back()); };
        t.clear = [](void* to) { static_cast<List*>(to)->clear(); };
        t.append_all = nullptr;
        t.view = nullptr;
        t.list = &operations;
        return t;
    }
};
}  // namespace detail

template <class T>
struct form<std::deque<T>> : detail::list_form<std::deque<T>> {};
template <class T>
struct form<std::list<T>> : detail::list_form<std::list<T>> {};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_DEQUE_HPP
