// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_CALLABLE_HPP
#define HAFT_TOOL_CALLABLE_HPP

/// What becomes of a callable: the shape of its calls, and, where the compiler knows them, the names and words that a lambda
/// or another object with an operator() has by itself.

#include <haft/core/config.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/annotated.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/tool/returned.hpp>
#include <haft/tool/shape.hpp>

#include <type_traits>
#if HAFT_HAS_REFLECTION()
#include <cstddef>
#include <meta>
#endif

namespace haft::inline v0::detail {

#if HAFT_HAS_REFLECTION()

/// With one operator(), which is no template.
template <class F>
concept callable_object = std::is_class_v<F> && reflect::has_one_signature<F> && requires { &F::operator(); };

template <callable_object F>
consteval std::meta::info call_operator() {
    return ^^F::operator();
}
template <callable_object F>
using annotated_call = annotated_function<call_operator<F>()>;

template <std::meta::info F>
consteval bool knows_all_names() {
    for (const std::meta::info parameter : parameters_given(F, true))
        if (!std::meta::has_identifier(parameter)) return false;
    return true;
}

template <class F, const auto& Names>
struct shape_of_callable {
    using type = shape<reflect::signature_of<F>, Names>;
};
/// Where some parameter has no name, as in std::function, it has none at all.
template <callable_object F, const auto& Names>
    requires(std::is_same_v<decltype(Names), decltype((no_names))> && knows_all_names<call_operator<F>()>())
struct shape_of_callable<F, Names> {
    using type = shape<typename annotated_call<F>::signature, annotated_call<F>::names()>;
};
template <class F, const auto& Names = no_names>
using shape_of = typename shape_of_callable<std::remove_cvref_t<F>, Names>::type;

/// The words for a tool, with those on the operator() of its callable where they say nothing.
template <class F>
constexpr about with_own_words(about words) {
    if constexpr (callable_object<F>) return with_annotated(words, annotated_words<call_operator<F>()>);
    return words;
}

#else

template <class F, const auto& Names = no_names>
using shape_of = shape<reflect::signature_of<F>, Names>;

template <class F>
constexpr const about& with_own_words(const about& words) noexcept {
    return words;
}

#endif

template <class F, const auto& Names>
consteval bool is_derivable() {
    if constexpr (std::is_member_pointer_v<F> || !reflect::has_one_signature<F>) return false;
    else if constexpr (!shape_of<F, Names>::parameters_usable()) return false;
    else return value_usable<typename shape_of<F, Names>::value>;
}

/// A callable that a tool can be made of; the quiet twin of explain_callable.
template <class F, const auto& Names = no_names>
inline constexpr bool derivable = is_derivable<F, Names>();

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_CALLABLE_HPP
