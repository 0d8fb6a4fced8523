// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ANNOTATED_HPP
#define HAFT_TOOL_ANNOTATED_HPP

/// A function, a method or a constructor that knows itself: its signature, the names of its parameters, and what annotations say of it. Only where
/// HAFT_HAS_REFLECTION().

#include <haft/reflect/callable.hpp>
#include <haft/reflect/function.hpp>
#include <haft/schema/annotations.hpp>
#include <haft/schema/words.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/tool/shape.hpp>

#if HAFT_HAS_REFLECTION()

#include <array>
#include <cstddef>
#include <meta>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// An annotation on what is not to become a tool where its neighbours do.
struct no_tool_t {};
inline constexpr no_tool_t no_tool{};

namespace detail {

/// The words for a tool or a toolbox, with what annotations say where these say nothing.
consteval about annotated_words(std::meta::info of, about words) {
    for (const std::meta::info a : std::meta::annotations_of(of)) {
        const std::meta::info kind = reflect::kind_of_word(a), value = std::meta::constant_of(a);
        if (words.description.empty() && kind == ^^doc) words.description = reflect::text_of_annotation(a);
        if (words.name.empty() && kind == ^^as) words.name = reflect::text_of_annotation(a);
        if (words.effect == effect::unspecified && kind == ^^effect) words.effect = std::meta::extract<effect>(value);
        if (kind == ^^hints) words.hints = words.hints | std::meta::extract<hints>(value);
    }
    return words;
}

consteval bool is_no_tool(std::meta::info of) {
    for (const std::meta::info a : std::meta::annotations_of(of))
        if (std::meta::remove_const(std::meta::type_of(a)) == ^^no_tool_t) return true;
    return false;
}

/// The parameters that a caller gives: not the object that a method deduces; of these those that a model gives.
consteval std::vector<std::meta::info> parameters_given(std::meta::info f, bool visible_only) {
    std::vector<std::meta::info> out;
    for (const std::meta::info parameter : std::meta::parameters_of(f))
        if (!std::meta::is_explicit_object_parameter(parameter) &&
            !(visible_only && std::meta::type_of(parameter) == ^^call_context&))
            out.push_back(parameter);
    return out;
}

consteval std::meta::info signature_of_function(std::meta::info f) {
    std::vector<std::meta::info> types{std::meta::is_constructor(f) ? ^^void : std::meta::return_type_of(f)};
    for (const std::meta::info parameter : parameters_given(f, false)) types.push_back(std::meta::type_of(parameter));
    return std::meta::substitute(^^reflect::signature, types);
}

/// The names of a function's parameters and the words for them; and a plain function itself, to be called with as many
/// arguments as are there.
template <std::meta::info F, std::size_t Count>
struct names_of_function : schema::annotated_parameters<Count> {
    consteval names_of_function() : schema::annotated_parameters<Count>(parameters_given(F, true)) {}
};
template <std::meta::info F, std::size_t Count>
    requires(std::meta::is_function(F) && !std::meta::is_class_member(F))
struct names_of_function<F, Count> : schema::annotated_parameters<Count> {
    consteval names_of_function() : schema::annotated_parameters<Count>(parameters_given(F, true)) {}
    struct caller {
        template <class... Arguments>
        constexpr decltype(auto) operator()(Arguments&&... arguments) const {
            return [:F:](std::forward<Arguments>(arguments)...);
        }
    };
    static constexpr caller function{};
};

template <std::meta::info F>
struct annotated_function {
    using signature = typename[:signature_of_function(F):];
    /// A struct, haft::args and nothing need no names.
    static constexpr bool is_named = shape<signature, no_names>::parameters::form != parameters_form::unnamed;
    template <class = void>  // not before its words are known to be right
    static constexpr names_of_function<F, parameters_given(F, true).size()> own_names{};

    static consteval const auto& names() {
        if constexpr (is_named) return no_names;  // those of all, so that tools of one struct share a table
        else return own_names<>;
    }
};

/// What a function says by itself where nothing stands beside it.
template <auto F, const auto& Names>
concept speaks_for_itself = std::is_function_v<std::remove_pointer_t<decltype(F)>> && std::is_same_v<decltype(Names), decltype((no_names))>;

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_TOOL_ANNOTATED_HPP
