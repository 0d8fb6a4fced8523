// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENGINE_CXX26_HPP
#define HAFT_REFLECT_ENGINE_CXX26_HPP

/// The C++26 engine: static reflection (P2996) for the members of an aggregate and for enumerators. The same questions as
/// cxx20.hpp answers, so that one program has one schema whichever is at work. Only `reflect/` includes it.

#include <haft/core/config.hpp>
#include <haft/reflect/enum_problem.hpp>

#if HAFT_HAS_REFLECTION()

#include <array>
#include <cstddef>
#include <meta>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::reflect::engine {

// (An array of none of std::meta::info can't be indexed on g++ 16, hence spans.)
template <class T>
inline constexpr auto data_members =
    std::define_static_array(std::meta::nonstatic_data_members_of(^^T, std::meta::access_context::unprivileged()));

template <class T>
inline constexpr bool has_base_class =
    !std::meta::bases_of(^^T, std::meta::access_context::unprivileged()).empty();

consteval bool is_plain_value(std::meta::info member) {
    const std::meta::info type = std::meta::type_of(member);
    return !std::meta::is_array_type(type) && !std::meta::is_union_type(type) && !std::meta::is_reference_type(type) &&
           !std::meta::is_bit_field(member);
}

/// Which member, counted from 1, is the first that is none of a plain value; 0 if all are.
template <class T>
consteval std::size_t first_without_value() {
    for (std::size_t i = 0; i < data_members<T>.size(); ++i)
        if (!is_plain_value(data_members<T>[i])) return i + 1;
    return 0;
}

template <class T, std::size_t Most>
concept has_at_most = data_members<T>.size() <= Most;

template <class T>
concept has_only_values = first_without_value<T>() == 0;

/// For the words of a refusal: whether it is the count of members that is too high. It is, where this is asked.
template <class T, std::size_t... At>
constexpr bool takes_in_parentheses(std::index_sequence<At...>) {
    return true;
}

/// For the words of a refusal: which member, counted from 1, is the last that must be initialised.
template <class T>
consteval std::size_t last_without_default() {
    for (std::size_t i = data_members<T>.size(); i > 0; --i) {
        const std::meta::info member = data_members<T>[i - 1];
        if (!std::meta::has_default_member_initializer(member) &&
            !std::meta::is_default_constructible_type(std::meta::type_of(member)))
            return i;
    }
    return 0;
}

template <class T>
inline constexpr std::size_t member_count = data_members<T>.size();

template <class... M>
struct bound_types {};

template <class T>
struct members_of {
    template <std::size_t At>
    using type = typename[:std::meta::type_of(data_members<T>[At]):];

    static constexpr auto names = [] {
        std::array<std::string_view, member_count<T>> out{};
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::meta::identifier_of(data_members<T>[i]);
        return out;
    }();

    template <std::size_t... At>
    static consteval auto list(std::index_sequence<At...>) {
        return bound_types<type<At>...>{};
    }
    using types = decltype(list(std::make_index_sequence<member_count<T>>{}));
};

template <class T, std::size_t At>
using member_type = typename members_of<T>::template type<At>;

/// All of them.
template <class T>
concept bindable = std::is_class_v<T>;

/// Calls `f` with all members of an object.
template <std::size_t, class T, class F>
constexpr decltype(auto) with_members(T& object, const F& f) {
    auto& [... member] = object;
    return f(member...);
}

template <std::size_t At, class T>
constexpr auto& get(T& object) noexcept {
    return object.[:data_members<std::remove_const_t<T>>[At]:];
}

template <class T, std::size_t At>
concept scalar_has_initializer = std::meta::has_default_member_initializer(data_members<T>[At]);

// --- enumerators

/// None of an enum that is only declared here.
template <class E>
inline constexpr auto declared_enumerators = std::define_static_array(
    std::meta::is_enumerable_type(^^E) ? std::meta::enumerators_of(^^E) : std::vector<std::meta::info>{});

/// By value, as the C++20 engine finds them; of several names for one value the first.
template <class E>
struct sorted_enumerators {
    static constexpr std::size_t declared = declared_enumerators<E>.size();
    std::array<std::pair<std::string_view, E>, declared> rows{};
    std::size_t count = 0;

    consteval sorted_enumerators() {
        for (std::size_t d = 0; d < declared; ++d) {
            const E value = std::meta::extract<E>(declared_enumerators<E>[d]);
            std::size_t at = count;
            while (at > 0 && value < rows[at - 1].second) --at;
            if (at > 0 && rows[at - 1].second == value) continue;
            for (std::size_t i = count++; i > at; --i) rows[i] = rows[i - 1];
            rows[at] = {std::meta::identifier_of(declared_enumerators<E>[d]), value};
        }
    }
};
template <class E>
consteval auto own_enumerators() {
    constexpr sorted_enumerators<E> sorted;
    std::array<std::pair<std::string_view, E>, sorted.count> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = sorted.rows[i];
    return out;
}
template <class E>
consteval enum_problem problem_of_own_enumerators() {
    return declared_enumerators<E>.empty() ? enum_problem::no_enumerators : enum_problem::none;
}

}  // namespace haft::inline v0::reflect::engine

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_REFLECT_ENGINE_CXX26_HPP
