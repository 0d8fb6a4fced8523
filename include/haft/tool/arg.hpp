// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ARG_HPP
#define HAFT_TOOL_ARG_HPP

/// `haft::arg<"days", int, haft::doc("Days ahead"), haft::minimum(1), haft::default_(3)>`: a parameter that carries its name
/// and its words in the signature.

#include <haft/core/fixed_string.hpp>
#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/words.hpp>

#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// A parameter of a function: a `T` that knows its name in JSON and its words. Converts to the value it holds; `*a`,
/// `a->size()` and `a.value` are the value too. Required unless it has a default_ or is a std::optional. Long words make
/// long symbol names; those belong in a parameter struct.
template <fixed_string Name, class T, auto... Words>
struct arg {
    using value_type = T;

    T value;

    constexpr operator const T&() const& noexcept { return value; }  // NOLINT: implicit, so that it can be used as a T
    constexpr operator T&&() && noexcept { return std::move(value); }  // NOLINT
    constexpr T& operator*() noexcept { return value; }
    constexpr const T& operator*() const noexcept { return value; }
    constexpr T* operator->() noexcept { return __builtin_addressof(value); }
    constexpr const T* operator->() const noexcept { return __builtin_addressof(value); }
};

namespace detail {
template <class>
inline constexpr bool is_arg = false;
template <fixed_string Name, class T, auto... Words>
inline constexpr bool is_arg<arg<Name, T, Words...>> = true;

/// Its type and words; apart from it, so that they can be asked for where `T` is no type of a member.
template <class>
struct arg_parts;
template <fixed_string Name, class T, auto... Words>
struct arg_parts<arg<Name, T, Words...>> {
    using type = T;
    static constexpr field words{field::words_only{}, Name.view(), Words...};
};
}  // namespace detail

namespace schema {
/// Within a type it would be a struct like any other, and its name lost.
template <fixed_string Name, class T, auto... Words>
struct form<arg<Name, T, Words...>> {
    static constexpr json::kind kind = json::kind::none;
    static constexpr bool is_parameter = true;
    static constexpr json::type table() { return {}; }
};
}  // namespace schema

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_ARG_HPP
