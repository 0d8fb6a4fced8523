// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_MEMORY_HPP
#define HAFT_SCHEMA_STD_MEMORY_HPP

/// The forms of std::unique_ptr and std::shared_ptr: as std::optional, and the way to a recursive type of one child.
/// A shared_ptr is made anew for every value read; a custom deleter has no form.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <cstddef>
#include <memory>
#include <type_traits>

namespace haft::inline v0::schema {

namespace detail {
template <class Pointer, class T>
struct owner_form {
    static constexpr json::kind kind = json::kind::optional;
    using parts = type_list<T>;
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.element = &type_of<T>;
        t.append = [](void* to) -> void* { return (*static_cast<Pointer*>(to) = make()).get(); };
        t.clear = [](void* to) { static_cast<Pointer*>(to)->reset(); };
        t.view = [](const void* from, std::size_t& count) -> const void* {
            const auto& owner = *static_cast<const Pointer*>(from);
            count = owner != nullptr;
            return owner.get();
        };
        return t;
    }

private:
    static Pointer make() {
        if constexpr (requires(Pointer p) { p.use_count(); }) return std::make_shared<T>();
        else return std::make_unique<T>();
    }
};
}  // namespace detail

template <class T>
    requires(!std::is_array_v<T>)
struct form<std::unique_ptr<T>> : detail::owner_form<std::unique_ptr<T>, T> {};
template <class T>
    requires(!std::is_array_v<T>)
struct form<std::shared_ptr<T>> : detail::owner_form<std::shared_ptr<T>, T> {};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_MEMORY_HPP
