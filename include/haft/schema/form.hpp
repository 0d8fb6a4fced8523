// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_FORM_HPP
#define HAFT_SCHEMA_FORM_HPP

/// Which C++ types have a form in JSON, and the table of each. One `form` a type family; a header of `schema/std/` for
/// each of the standard library's.

#include <haft/core/config.hpp>
#include <haft/json/type.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <type_traits>

namespace haft::inline v0::schema {

/// Specialised for each type that has a JSON form, with `static constexpr json::type table()`, which fills in what the
/// kind wants; `construct`, `destroy` and `size` are filled in here. The primary template means: none.
template <class T>
struct form {
    static constexpr bool none = true;
};

/// The types that a tool can take and give. (typed_slot's memory has no stricter alignment.)
template <class T>
concept has_form = !requires { form<T>::none; } && alignof(T) <= alignof(std::max_align_t);

/// Specialised beside the form of a container, with the `type` on whose form its own stands.
template <class T>
struct held_type {};

template <class T>
concept holder = requires { typename held_type<T>::type; };

namespace detail {

/// An alignas that shifts a member and leaves the struct's size can't be seen at compile time in C++20. To go on would be
/// to write beside the member.
[[noreturn]] HAFT_COLD inline void refuse_layout() {
    std::fputs(
        "haft: the layout of a parameter or result struct can't be computed; write it without alignas [haft-E0107]\n",
        stderr);
    std::abort();
}

template <class T>
consteval json::type complete_table() {
    json::type t = form<T>::table();
    t.size = sizeof(T);
    t.construct = [](void* raw) {
        [[maybe_unused]] const T* const made = ::new (raw) T{};
        if constexpr (requires { form<T>::lies_as_computed(*made); })  // the optimiser knows, and leaves nothing of it
            if (!form<T>::lies_as_computed(*made)) refuse_layout();
    };
    if constexpr (!std::is_trivially_destructible_v<T>)
        t.destroy = [](void* object) { std::destroy_at(static_cast<T*>(object)); };
    return t;
}
}  // namespace detail

/// The table of a C++ type: one object in read-only memory, however many tools use the type.
template <has_form T>
inline constexpr json::type type_of = detail::complete_table<T>();

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_FORM_HPP
