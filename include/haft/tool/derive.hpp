// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_DERIVE_HPP
#define HAFT_TOOL_DERIVE_HPP

/// From a C++ signature to the two tables of a call: which parameter types a tool may have, why another is refused, and
/// how the parameters reach the function.

#include <haft/core/fixed_string.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/text.hpp>

#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail {

struct no_parameters {};

template <class Signature>
struct shape;
template <class R>
struct shape<reflect::signature<R>> {
    static constexpr std::size_t count = 0;
    using given = no_parameters;
    using parameters = no_parameters;
    using result = std::remove_cvref_t<R>;
};
template <class R, class P>
struct shape<reflect::signature<R, P>> {
    static constexpr std::size_t count = 1;
    using given = P;
    using parameters = std::remove_cvref_t<P>;
    using result = std::remove_cvref_t<R>;
};
template <class R, class P, class Q, class... More>
struct shape<reflect::signature<R, P, Q, More...>> {
    static constexpr std::size_t count = 2 + sizeof...(More);
    using given = P;
    using parameters = std::remove_cvref_t<P>;
    using result = std::remove_cvref_t<R>;
};
template <class F>
using shape_of = shape<reflect::signature_of<F>>;

template <class P>
inline constexpr bool writes_to_caller = std::is_lvalue_reference_v<P> && !std::is_const_v<std::remove_reference_t<P>>;

template <class R>
inline constexpr bool result_usable = schema::usable<R>;
template <>
inline constexpr bool result_usable<void> = true;

template <class F>
concept one_struct_or_nothing = !std::is_member_pointer_v<F> && reflect::has_one_signature<F> &&
                                shape_of<F>::count <= 1 && !writes_to_caller<typename shape_of<F>::given>;

/// A callable that a tool can be made of; the quiet twin of explain_callable.
template <class F>
concept derivable =
    one_struct_or_nothing<F> && schema::usable<typename shape_of<F>::parameters> &&
    reflect::plain_struct<typename shape_of<F>::parameters> && result_usable<typename shape_of<F>::result>;

template <class...>
inline constexpr bool refused = false;

/// Says, as one compile-time error, why no tool can be made of a callable; says nothing if one can.
template <fixed_string Tool, class F>
consteval bool explain_callable() {
    using of_tool = schema::parameters_of_tool<Tool>;
    if constexpr (derivable<F>) {
    } else if constexpr (std::is_member_pointer_v<F>) {
        static_assert(refused<of_tool, F>,
                      "haft: a member function needs its object; write toolset.add(\"name\", about, [&](const args& a) "
                      "{ return object.f(a); }) [haft-E0110]");
    } else if constexpr (!reflect::has_one_signature<F>) {
        static_assert(refused<of_tool, F>,
                      "haft: a tool needs a callable with exactly one signature; not a generic lambda, an overloaded "
                      "operator(), a C "
                      "variadic or something that can't be called [haft-E0112]");
    } else if constexpr (shape_of<F>::count > 1) {
        static_assert(refused<of_tool, F>,
                      "haft: a tool takes its parameters as the members of one struct; write struct args { ... }; and "
                      "take a const args& [haft-E0102]");
    } else if constexpr (writes_to_caller<typename shape_of<F>::given>) {
        static_assert(refused<of_tool, F>,
                      "haft: a tool can't write to its caller's variable; take the struct by value or const reference "
                      "and return the result [haft-E0111]");
    } else {
        using parameters = typename shape_of<F>::parameters;
        using result = typename shape_of<F>::result;
        if constexpr (!std::is_class_v<parameters> ||
                      (schema::usable<parameters> && !reflect::plain_struct<parameters>))
            static_assert(refused<of_tool, F>,
                          "haft: a parameter without a struct has no name; write struct args { ... }; and take a const "
                          "args& [haft-E0102]");
        else if constexpr (!schema::usable<parameters>) schema::explain_type<of_tool, parameters>();
        else schema::explain_type<schema::result_of_tool<Tool>, result>();
    }
    return derivable<F>;
}

template <class R>
consteval const json::type* result_table() {
    if constexpr (std::is_void_v<R>) return nullptr;
    else return &schema::type_of<R>;
}
template <class R>
consteval std::string_view result_schema() {
    if constexpr (std::is_void_v<R>) return {};
    else return schema::schema_text<R, schema::direction::output>;
}

/// Calls `f` with the parameters and constructs its result in raw memory.
template <class F>
void invoke_with(F&& f, void* parameters, void* result) {
    using shape = shape_of<F>;
    const auto call = [&]() -> decltype(auto) {
        if constexpr (shape::count == 0) return f();
        else
            return f(static_cast<std::conditional_t<std::is_lvalue_reference_v<typename shape::given>,
                                                    const typename shape::parameters&, typename shape::parameters&&>>(
                *static_cast<typename shape::parameters*>(parameters)));
    };
    if constexpr (std::is_void_v<typename shape::result>) call();
    else ::new (result) typename shape::result(call());
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_DERIVE_HPP
