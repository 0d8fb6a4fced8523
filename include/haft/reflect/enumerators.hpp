// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENUMERATORS_HPP
#define HAFT_REFLECT_ENUMERATORS_HPP

/// The names and values of an enum. A façade over the engine that the compiler has.

#include <haft/core/as.hpp>
#include <haft/core/config.hpp>
#include <haft/reflect/annotations.hpp>
#include <haft/reflect/engine.hpp>
#include <haft/reflect/engine/described_enum.hpp>
#include <haft/reflect/enum_problem.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#if HAFT_HAS_REFLECTION()
#include <meta>
#endif

namespace haft::inline v0 {

/// Another name for an enumerator, any text.
template <class E>
struct named {
    E value;
    std::string_view name;  ///< a literal
    constexpr named(E v, std::string_view n) : value(v), name(n) {}
};

/// Names beside an enum, for those that C++ can't spell. Specialise it in the global namespace, before first use:
/// `template <> inline constexpr std::array haft::enum_names<cabin>{haft::named{cabin::premium, "Premium Economy"}};`
/// Enumerators that it does not mention keep their own. In C++26 an annotation does it too, `premium [[=haft::as("Premium
/// Economy")]]`; where both are there, this list wins, as what stands beside a thing does for words of all kinds. TD-17
template <class E>
inline constexpr std::array<named<E>, 0> enum_names{};

namespace reflect {

namespace detail {

template <class E>
consteval auto own_enumerators() {
    if constexpr (engine::described_enum<E>) return engine::described_enumerators<E>();
    else return engine::own_enumerators<E>();
}

#if HAFT_HAS_REFLECTION()
template <class E>
consteval bool has_annotated_names() {
    for (const std::meta::info e : std::meta::enumerators_of(^^E))
        if (!annotated_text(e, ^^as).empty()) return true;
    return false;
}
template <class E, class Rows>
consteval void take_annotated_names(Rows& rows) {
    for (const std::meta::info e : std::meta::enumerators_of(^^E))
        if (const std::string_view other = annotated_text(e, ^^as); !other.empty())
            for (auto& [name, value] : rows)
                if (value == std::meta::extract<E>(e)) name = other;
}
#else
template <class E>
consteval bool has_annotated_names() {
    return false;
}
template <class E, class Rows>
consteval void take_annotated_names(Rows&) {}
#endif

template <class Rows, class Names>
consteval void take_names(Rows& rows, const Names& names) {
    for (const auto& other : names)
        for (auto& [name, value] : rows)
            if (value == other.value) name = other.name;
}

template <class E>
consteval auto all_enumerators() {
    constexpr auto own = own_enumerators<E>();
    if constexpr (own.size() == 0) {
        std::array<std::pair<std::string_view, E>, enum_names<E>.size()> out{};
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = {enum_names<E>[i].name, enum_names<E>[i].value};
        return out;
    } else {
        auto out = own;
        detail::take_annotated_names<E>(out);
        if constexpr (enum_names<E>.size() > 0) detail::take_names(out, enum_names<E>);
        return out;
    }
}

template <class E>
consteval bool gives_a_name_twice() {
    constexpr auto all = all_enumerators<E>();
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (all[i].first == all[j].first) return true;
    return false;
}

/// Names beside an enum do for those that can't be listed, but not for those of which some are missing.
template <class E>
consteval enum_problem why_not_known() {
    if constexpr (engine::described_enum<E>) return enum_problem::none;
    else {
        constexpr enum_problem problem = engine::problem_of_own_enumerators<E>();
        return enum_names<E>.size() > 0 && problem != enum_problem::beyond_window ? enum_problem::none : problem;
    }
}

template <class E>
consteval enum_problem problem_of_enum() {
    constexpr enum_problem unknown = why_not_known<E>();
    // Only names that an author wrote can be two of one.
    if constexpr (unknown == enum_problem::none && (enum_names<E>.size() > 0 || has_annotated_names<E>()))
        return gives_a_name_twice<E>() ? enum_problem::name_twice : unknown;
    else return unknown;
}

}  // namespace detail

/// Why an enum's enumerators can't be listed; none if they can.
template <class E>
inline constexpr enum_problem problem_of_enum = detail::problem_of_enum<E>();

/// An enum whose enumerators can be listed: BOOST_DESCRIBE_ENUM names it, or `enum_names`, or the compiler does.
template <class E>
concept named_enum = std::is_enum_v<E> && problem_of_enum<E> == enum_problem::none;

/// Pairs of name and value, in the order of their description (or value).
template <named_enum E>
inline constexpr auto enumerators = detail::all_enumerators<E>();

}  // namespace reflect
}  // namespace haft::inline v0

#endif  // HAFT_REFLECT_ENUMERATORS_HPP
