// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ANNOTATED_HPP
#define HAFT_TOOL_ANNOTATED_HPP

/// A function, a method or a constructor that knows itself: its signature, the names of its parameters, and what annotations say of it. Only where
/// HAFT_HAS_REFLECTION().

#include <haft/reflect/callable.hpp>
#include <haft/reflect/annotations.hpp>
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

/// What annotations say of a tool or a toolbox.
consteval about words_on(std::meta::info of) {
    about words;
    for (const std::meta::info a : std::meta::annotations_of(of)) {
        const std::meta::info kind = reflect::kind_of_word(a);
        if (kind == ^^doc) words.description = reflect::text_of_annotation(a);
        else if (kind == ^^as) words.name = reflect::text_of_annotation(a);
        else if (kind == ^^effect) words.effect = std::meta::extract<effect>(std::meta::constant_of(a));
        else if (kind == ^^hints) words.hints = words.hints | std::meta::extract<hints>(std::meta::constant_of(a));
    }
    return words;
}
template <std::meta::info Of>
inline constexpr about annotated_words = words_on(Of);

/// The words for it where these, which stand beside it, say nothing.
constexpr about with_annotated(about words, const about& annotated) {
    if (words.description.empty()) words.description = annotated.description;
    if (words.name.empty()) words.name = annotated.name;
    if (words.effect == effect::unspecified) words.effect = annotated.effect;
    words.hints = words.hints | annotated.hints;
    return words;
}

consteval bool is_no_tool(std::meta::info of) {
    for (const std::meta::info a : std::meta::annotations_of(of))
        if (std::meta::remove_const(std::meta::type_of(a)) == ^^no_tool_t) return true;
    return false;
}

consteval bool is_given(std::meta::info parameter, bool by_model) {
    return !std::meta::is_explicit_object_parameter(parameter) &&
           !(by_model && std::meta::extract<bool>(std::meta::substitute(^^is_injected, {std::meta::type_of(parameter)})));
}
/// The parameters that a caller gives: not the object that a method deduces; of these those that a model gives.
/// (Nearly always all of them. To fill a vector of reflections costs the compiler more than it seems.)
consteval std::vector<std::meta::info> parameters_given(std::meta::info f, bool by_model) {
    std::vector<std::meta::info> all = std::meta::parameters_of(f);
    for (const std::meta::info parameter : all)
        if (!is_given(parameter, by_model)) {
            std::erase_if(all, [&](std::meta::info other) { return !is_given(other, by_model); });
            break;
        }
    return all;
}

/// A plain function, or a static one of a class.
template <std::meta::info F>
concept needs_no_object =
    std::meta::is_function(F) && (!std::meta::is_class_member(F) || std::meta::is_static_member(F));

template <std::meta::info F>
struct signature_of_function {
    static consteval std::meta::info find() {
        std::vector<std::meta::info> types{std::meta::is_constructor(F) ? ^^void : std::meta::return_type_of(F)};
        for (const std::meta::info parameter : parameters_given(F, false))
            types.push_back(std::meta::type_of(parameter));
        return std::meta::substitute(^^reflect::signature, types);
    }
    using type = typename[:find():];
};
template <std::meta::info F>
    requires(needs_no_object<F> && !std::meta::is_vararg_function(F))  // the ... of C is refused elsewhere
struct signature_of_function<F> {
    using type = reflect::signature_of<typename[:std::meta::type_of(F):]*>;
};

/// The function itself where it needs no object, to be called with as many arguments as are there.
template <std::meta::info F>
struct function_by_itself {};
template <std::meta::info F>
    requires needs_no_object<F>
struct function_by_itself<F> {
    struct caller {
        template <class... Arguments>
        constexpr decltype(auto) operator()(Arguments&&... arguments) const {
            return [:F:](std::forward<Arguments>(arguments)...);
        }
    };
    static constexpr caller function{};
};

/// The names of a function's parameters and the words for them, and the function.
template <std::meta::info F, std::size_t Count>
struct names_of_function : schema::annotated_parameters<Count>, function_by_itself<F> {
    consteval names_of_function() : schema::annotated_parameters<Count>(parameters_given(F, true)) {}
};

template <std::meta::info F>
struct annotated_function {
    using signature = typename signature_of_function<F>::type;
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
concept speaks_for_itself = std::is_function_v<std::remove_pointer_t<decltype(F)>> &&
                            std::is_same_v<decltype(Names), decltype((no_names))>;

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_TOOL_ANNOTATED_HPP
