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

/// What annotations say of a tool or a toolbox, unless `words` say it.
struct take_words {
    about& words;

    template <std::size_t N>
    consteval void operator()(const doc<N>& d) const {
        if (words.description.empty()) words.description = d.text.view();
    }
    template <std::size_t N>
    consteval void operator()(const as<N>& name) const {
        if (words.name.empty()) words.name = name.text.view();
    }
    consteval void operator()(effect e) const {
        if (words.effect == effect::unspecified) words.effect = e;
    }
    consteval void operator()(hints h) const { words.hints = words.hints | h; }
    template <class Other>
    consteval void operator()(const Other&) const {}  // somebody else's
};
template <std::meta::info Of>
consteval about annotated_words(about words) {
    [&]<std::size_t... At>(std::index_sequence<At...>) {
        (take_words{words}([:reflect::annotations<Of>[At]:]), ...);
    }(std::make_index_sequence<reflect::annotations<Of>.size()>{});
    return words;
}

consteval bool is_no_tool(std::meta::info of) {
    for (const std::meta::info a : std::meta::annotations_of(of))
        if (std::meta::remove_const(std::meta::type_of(a)) == ^^no_tool_t) return true;
    return false;
}

/// Where the parameters stand that a caller gives, in all of the function's: not the object that a method deduces; of these
/// those that a model gives.
consteval std::vector<std::size_t> places_of_parameters(std::meta::info f, bool visible_only) {
    std::vector<std::size_t> out;
    const std::vector<std::meta::info> all = std::meta::parameters_of(f);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!std::meta::is_explicit_object_parameter(all[i]) &&
            !(visible_only && std::meta::type_of(all[i]) == ^^call_context&))
            out.push_back(i);
    return out;
}

template <std::meta::info F>
struct annotated_function {
    static constexpr auto places = std::define_static_array(places_of_parameters(F, false));
    static constexpr auto visible_places = std::define_static_array(places_of_parameters(F, true));

    static consteval std::meta::info result() {
        return std::meta::is_constructor(F) ? ^^void : std::meta::return_type_of(F);
    }
    template <std::size_t... At>
    static auto signature_at(std::index_sequence<At...>) -> reflect::signature<
        typename[:result():], typename[:std::meta::type_of(std::meta::parameters_of(F)[places[At]]):]...>;
    using signature = decltype(signature_at(std::make_index_sequence<places.size()>{}));

    template <std::size_t... At>
    static consteval auto annotated(std::index_sequence<At...>) {
        return schema::annotated_parameters<F, visible_places[At]...>{};
    }
    /// A struct, haft::args and nothing need no names.
    static constexpr bool is_named = shape<signature, no_names>::parameters::form != parameters_form::unnamed;
    template <class = void>  // not before its words are known to be right
    static constexpr auto found_names = annotated(std::make_index_sequence<visible_places.size()>{});
    static consteval const auto& names() {
        if constexpr (is_named) return no_names;  // those of all, so that tools of one struct share a table
        else return found_names<>;
    }
};

/// The names of a function's parameters, and the function, to be called with as many arguments as are there.
template <std::meta::info F>
struct names_of_function : std::remove_cvref_t<decltype(annotated_function<F>::names())> {
    struct caller {
        template <class... Arguments>
        constexpr decltype(auto) operator()(Arguments&&... arguments) const {
            return [:F:](std::forward<Arguments>(arguments)...);
        }
    };
    static constexpr caller function{};
};
template <std::meta::info F>
struct reflected_function {
    static constexpr names_of_function<F> own_names{};
    static consteval const auto& names() {
        if constexpr (annotated_function<F>::is_named) return no_names;
        else return own_names;
    }
};

/// What a function says by itself where nothing stands beside it.
template <auto F, const auto& Names>
concept speaks_for_itself = std::is_function_v<std::remove_pointer_t<decltype(F)>> && std::is_same_v<decltype(Names), decltype((no_names))>;

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_TOOL_ANNOTATED_HPP
