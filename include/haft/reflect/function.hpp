// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_FUNCTION_HPP
#define HAFT_REFLECT_FUNCTION_HPP

/// What static reflection can tell of a function that a C++20 signature can't: the names of its parameters, which of them have
/// defaults, and the annotations on it and on them. Only where HAFT_HAS_REFLECTION().

#include <haft/core/config.hpp>
#include <haft/reflect/annotations.hpp>

#if HAFT_HAS_REFLECTION()

#include <cstddef>
#include <meta>
#include <string_view>

namespace haft::inline v0::reflect {

template <std::meta::info F>
inline constexpr std::size_t parameter_count = std::meta::parameters_of(F).size();

/// Whether a function can't be called at run time. (C++26 has no question for that, but g++ spells it.)
consteval bool is_consteval(std::meta::info function) {
    const std::string_view spelled = std::meta::display_string_of(function);  // static consteval int f(int)
    return spelled.starts_with("consteval ") || spelled.contains(" consteval ");
}

/// The name of a parameter; "" if it has none, or its declarations disagree.
/// (Its place stands for it everywhere: g++ 16 takes no reflection of a parameter as a template argument within a lambda.)
template <std::meta::info F, std::size_t At>
consteval std::string_view parameter_name() {
    const std::meta::info parameter = std::meta::parameters_of(F)[At];
    return std::meta::has_identifier(parameter) ? std::meta::identifier_of(parameter) : std::string_view{};
}

/// Whether the function has a value for a parameter that is not given. Which, nobody can ask.
template <std::meta::info F, std::size_t At>
inline constexpr bool has_default_argument = std::meta::has_default_argument(std::meta::parameters_of(F)[At]);

/// The values of the annotations on a parameter, as reflections.
template <std::meta::info F, std::size_t At>
inline constexpr auto annotations_of_parameter =
    std::define_static_array(detail::values_of_annotations(std::meta::parameters_of(F)[At]));

}  // namespace haft::inline v0::reflect

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_REFLECT_FUNCTION_HPP
