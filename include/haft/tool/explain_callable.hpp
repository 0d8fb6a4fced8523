// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_EXPLAIN_CALLABLE_HPP
#define HAFT_TOOL_EXPLAIN_CALLABLE_HPP

/// Why no tool can be made of a callable.

#include <haft/core/fixed_string.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/tool/callable.hpp>
#include <haft/tool/parameters.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace haft::inline v0::detail {

// Where a parameter stands, and how many names there are. Never defined: their names are what the compiler prints.
template <fixed_string Tool, fixed_string Name>
struct parameter_of_tool;
template <std::size_t Given, std::size_t Parameters>
struct names_for_parameters;

template <class...>
inline constexpr bool refused = false;

/// Says, as one compile-time error, why no tool can be made of a callable; says nothing if one can.
template <fixed_string Tool, class F, const auto& Names = no_names>
consteval bool explain_callable() {
    using of_tool = schema::parameters_of_tool<Tool>;
    if constexpr (derivable<F, Names>) {
    } else if constexpr (std::is_member_pointer_v<F>) {
        static_assert(refused<of_tool, F>,
                      "haft: a member function needs its object; write toolset.add(\"name\", about, [&](const args& a) "
                      "{ return object.f(a); }) [haft-E0110]");
    } else if constexpr (!reflect::has_one_signature<F>) {
        static_assert(refused<of_tool, F>,
                      "haft: a tool needs a callable with exactly one signature; not a generic lambda, an overloaded "
                      "operator(), a C "
                      "variadic or something that can't be called [haft-E0112]");
    } else {
        using shape = shape_of<F, Names>;
        constexpr parameters_form form = shape::parameters::form;
        if constexpr (form == parameters_form::writes) {
            static_assert(refused<of_tool, F>,
                          "haft: a tool can't write to its caller's variable; take the parameter by value or const "
                          "reference and return the result; for the context of the call write haft::call_context& "
                          "[haft-E0111]");
        } else if constexpr (form == parameters_form::wrong_count && Names.size() == shape::parameters::count) {
            static_assert(
                refused<of_tool, F>,
                "haft: a haft::arg has its own name, so there can't be another beside the function; leave one "
                "of them out [haft-E0126]");
        } else if constexpr (form == parameters_form::wrong_count) {
            static_assert(
                refused<of_tool, names_for_parameters<Names.size(), shape::parameters::count>, F>,
                "haft: the names beside the function are not as many as its parameters; write one haft::field "
                "for each, in their order [haft-E0126]");
        } else if constexpr (form == parameters_form::mixed) {
            static_assert(refused<of_tool, F>,
                          "haft: some parameters of this tool are haft::arg and some are not; write all as haft::arg "
                          "[haft-E0102]");
        } else if constexpr (form == parameters_form::unnamed) {
            static_assert(
                refused<of_tool, F>,
                "haft: C++20 has no names for plain parameters; take one struct { ... } by const reference, "
                "write haft::arg<\"name\", type>, or give the names: haft::make<&f, names>, haft::method<&c::f, names> "
                "[haft-E0102]");
        } else if constexpr (form == parameters_form::one_struct && !shape::parameters_usable()) {
            schema::explain_type<of_tool, typename shape::structure>();
        } else if constexpr (!shape::parameters_usable()) {
            using source = typename shape::source;
            if constexpr (source::count > reflect::most_members) {
                static_assert(refused<of_tool, F>, "haft: a tool has at most 64 parameters [haft-E0107]");
            } else if constexpr (shape::first_unusable < source::count) {
                constexpr std::size_t at = shape::first_unusable;
                constexpr std::string_view name = source::names[at];
                schema::explain_type<parameter_of_tool<Tool, fixed_string<name.size()>(name)>,
                                     typename source::template type<at>>();
            } else {
                schema::detail::explain_words<of_tool, schema::detail::a_function, source>();
            }
        } else {
            schema::explain_type<schema::result_of_tool<Tool>, typename shape::value>();
        }
    }
    return derivable<F, Names>;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_EXPLAIN_CALLABLE_HPP
