// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_MAKE_REFLECTED_HPP
#define HAFT_TOOL_MAKE_REFLECTED_HPP

/// `haft::make<^^f>()`: a function becomes a tool by itself, parameter names, defaults, words and all. Only where
/// HAFT_HAS_REFLECTION().

#include <haft/core/config.hpp>
#include <haft/core/fixed_string.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/annotated.hpp>
#include <haft/tool/explain_reflected.hpp>
#include <haft/tool/make.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#if HAFT_HAS_REFLECTION()

#include <array>
#include <cstddef>
#include <meta>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A tool of a function, given by its reflection: parameter names, which of them are required, and the words that stand as
/// annotations on it and on them. Where fewer arguments come than it has parameters its own default arguments apply.
/// Where a constexpr array of haft::field is given, the words are those.
template <std::meta::info F, const auto& Names = detail::no_names>
consteval tool make(const about& words) {
    if constexpr (detail::explain_reflection<F>()) return haft::make<&[:F:], Names>(words);
    else return {};
}
template <std::meta::info F, const auto& Names = detail::no_names>
consteval tool make(std::string_view description = {}) {
    if constexpr (detail::explain_reflection<F>()) return haft::make<&[:F:], Names>(description);
    else return {};
}

namespace detail {

/// In the order of declaration, without templates, operators, what is deleted and what is not to be a tool.
consteval std::vector<std::meta::info> find_functions(std::meta::info of) {
    std::vector<std::meta::info> out;
    for (const std::meta::info m : std::meta::members_of(of, std::meta::access_context::unprivileged()))
        if (std::meta::is_function(m) && std::meta::has_identifier(m) && !std::meta::is_deleted(m) &&
            !detail::is_no_tool(m))
            out.push_back(m);
    return out;
}
template <std::meta::info Namespace>
inline constexpr auto functions_of = std::define_static_array(find_functions(Namespace));

template <std::meta::info Namespace, std::size_t... At>
consteval auto make_all(std::index_sequence<At...>) {
    return std::array<tool, sizeof...(At)>{haft::make<functions_of<Namespace>[At]>()...};
}
template <std::meta::info Namespace>
inline constexpr auto tools_of = make_all<Namespace>(std::make_index_sequence<functions_of<Namespace>.size()>{});

/// The first name that two of them have, or "".
template <std::size_t N>
consteval std::string_view name_given_twice(const std::array<tool, N>& all) {
    for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (all[i].name == all[j].name) return all[i].name;
    return {};
}
template <fixed_string Name>
inline constexpr bool is_name_of_one_function = Name.view().empty();

template <fixed_string Name>
consteval void explain_names() {
    static_assert(is_name_of_one_function<Name>,
                  "haft: two functions of this namespace have one name, overloads perhaps; give one of them another: "
                  "[[=haft::as(\"other\")]], or leave it out: [[=haft::no_tool]] [haft-E0108]");
}

consteval std::string_view problem_of_namespace(std::meta::info of) {
    if (of == std::meta::info{} || !std::meta::is_namespace(of))
        return reflect::refusal({"haft: haft::tools_in takes the reflection of a namespace, and ",
                                 of == std::meta::info{} ? "this" : reflect::name_in_words(of),
                                 " is none; a function becomes a tool by haft::make<^^f>(), the methods of a class by "
                                 "haft::make_toolbox<C>() [haft-E0142]"});
    if (of == ^^::)
        return "haft: the global namespace holds the functions of the C library, too; put the tools into a namespace "
               "of "
               "their own [haft-E0142]";
    if (find_functions(of).empty())
        return reflect::refusal({"haft: namespace ", reflect::name_in_words(of),
                                 " has no function here that could be a tool; declare them before haft::tools_in, and "
                                 "name a namespace within another by itself [haft-E0142]"});
    return {};
}
template <std::meta::info Of>
consteval bool explain_namespace() {
    constexpr std::string_view problem = problem_of_namespace(Of);
    static_assert(problem.empty(), problem);
    return problem.empty();
}

}  // namespace detail

/// Every function of a namespace, in the order of declaration, as haft::make<^^f>() makes it: `haft::tools_in<^^my::tools>()`.
template <std::meta::info Namespace>
HAFT_COLD toolset tools_in() {
    toolset out;
    if constexpr (detail::explain_namespace<Namespace>()) {
        constexpr std::string_view twice = detail::name_given_twice(detail::tools_of<Namespace>);
        detail::explain_names<fixed_string<twice.size()>(twice)>();
        for (const tool& t : detail::tools_of<Namespace>) out.add(t);
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_TOOL_MAKE_REFLECTED_HPP
