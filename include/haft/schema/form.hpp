// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_FORM_HPP
#define HAFT_SCHEMA_FORM_HPP

/// Which C++ types have a form in JSON, and the table of each. One `form` a type family; a header of `schema/std/` for
/// each of the standard library's. A type of one's own gets one by `text_form` or `converted_form` (custom.hpp).

#include <haft/core/config.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/callable.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <type_traits>

namespace haft::inline v0::schema {

using reflect::type_list;

/// Specialised for each type that has a JSON form, with
/// - `static constexpr json::kind kind`,
/// - `static constexpr json::type table()`, which fills in what the kind wants, kind included; `construct`, `destroy` and
///   `size` are filled in here. It may take the address of `type_of<U>`, but not look into it: types may be recursive.
/// - `using parts = type_list<…>` if it is made of other types, in the order of json::type::part().
/// The primary template means: none.
template <class T>
struct form {
    static constexpr json::kind kind = json::kind::none;
    static constexpr json::type table() { return {}; }
};

/// The types that have a form at all. (Whether what they are made of has one is `usable`.)
template <class T>
concept has_form =
    form<T>::kind != json::kind::none && alignof(T) <= alignof(std::max_align_t) &&  // a slot's alignment
    std::is_same_v<T, std::remove_cv_t<T>>;

/// What a container or wrapper is made of.
template <class T>
concept has_parts = requires { typename form<T>::parts; };

/// What is read is made first, and then filled.
template <class T>
concept can_be_made = std::is_same_v<T, std::remove_cv_t<T>> && requires { T{}; };

namespace detail {

template <class List>
inline constexpr bool all_can_be_made = true;
template <class... T>
inline constexpr bool all_can_be_made<type_list<T...>> = (... && can_be_made<T>);
template <class T>
consteval bool parts_can_be_made() {
    if constexpr (has_parts<T>) return all_can_be_made<typename form<T>::parts>;
    else return true;
}

/// An alignas that shifts a member and leaves the struct's size can't be seen at compile time in C++20. To go on would be
/// to write beside the member.
[[noreturn]] HAFT_COLD inline void refuse_layout() {
    std::fputs(
        "haft: the layout of a parameter or result struct can't be computed; write it without alignas [haft-E0107]\n",
        stderr);
    std::abort();
}

struct layout_trail {
    const json::type* type;
    const layout_trail* outer;
};
/// Whether such an alignas could hide in one of the structs that a type is made of. Few have the gaps for it.
constexpr bool layout_in_doubt(const json::type& t, const layout_trail* outer = nullptr) {
    // (Only structs recur; and not by address, which g++ 12 does not compare at compile time with a sanitizer.)
    for (const layout_trail* o = outer; o; o = o->outer)
        if (o->type->is_struct(t)) return false;
    if (t.layout_in_doubt) return true;
    const layout_trail here{&t, outer};
    for (std::size_t i = 0; i < t.part_count(); ++i)
        if (t.part(i).part_count() > 0 && detail::layout_in_doubt(t.part(i), &here)) return true;
    return false;
}
/// Ends the program unless the members of each of those structs lie where its table says.
HAFT_COLD inline bool require_layouts(const json::type& t, const layout_trail* outer = nullptr) {
    for (const layout_trail* o = outer; o; o = o->outer)
        if (o->type == &t) return true;
    if (t.layout_in_doubt && !t.lies_as_computed()) refuse_layout();
    const layout_trail here{&t, outer};
    for (std::size_t i = 0; i < t.part_count(); ++i) require_layouts(t.part(i), &here);
    return true;
}
/// The same, once in the life of the program for each type.
template <class T>
void require_layouts_of();

/// T{} of a number or an enum: one function for all types of a size.
template <std::size_t Size>
void make_zeros(void* raw) {
    ::new (raw) unsigned char[Size]{};
}

template <class T>
void make_object(void* raw) {
    // Before anything is read into it: what it holds, containers' elements too, is not made here.
    if constexpr (form<T>::kind == json::kind::object) require_layouts_of<T>();
    ::new (raw) T{};
}
template <class T>
void destroy_object(void* object) {
    static_cast<T*>(object)->~T();
}

template <class T>
consteval json::type complete_table() {
    if constexpr (!has_form<T> || !can_be_made<T> || !parts_can_be_made<T>()) {
        return {};
    } else {
        json::type t = form<T>::table();
        if (t.kind == json::kind::none) return {};
        t.size = sizeof(T);
        if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) t.construct = &make_zeros<sizeof(T)>;
        else t.construct = &make_object<T>;
        if constexpr (requires { requires form<T>::layout_in_doubt(); }) {
            t.layout_in_doubt = true;
            t.lies_as_computed = &form<T>::lies_as_computed;
        }
        if constexpr (!std::is_trivially_destructible_v<T>) t.destroy = &destroy_object<T>;
        return t;
    }
}
}  // namespace detail

/// The table of a C++ type: one object in read-only memory, however many tools use the type. Of kind `none` if the type
/// can't be used itself, for whatever reason.
template <class T>
inline constexpr json::type type_of = detail::complete_table<T>();

template <class T>
void detail::require_layouts_of() {
    if constexpr (detail::layout_in_doubt(type_of<T>)) {
        [[maybe_unused]] static const bool once = require_layouts(type_of<T>);
    }
}

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_FORM_HPP
