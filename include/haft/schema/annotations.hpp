// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_ANNOTATIONS_HPP
#define HAFT_SCHEMA_ANNOTATIONS_HPP

/// Words that stand as annotations where they belong: `[[=haft::doc("Days ahead"), =haft::minimum(1)]] int days = 3`. Only where
/// HAFT_HAS_REFLECTION().

#include <haft/reflect/annotations.hpp>
#include <haft/reflect/function.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/words.hpp>

#if HAFT_HAS_REFLECTION()

#include <array>
#include <cstddef>
#include <cstdint>
#include <meta>
#include <utility>

namespace haft::inline v0::schema {

namespace detail {

template <std::meta::info F, std::size_t Place, std::size_t... Word>
consteval field words_of_parameter(std::index_sequence<Word...>) {
    return field{field::words_only{}, reflect::parameter_name<F, Place>(),
                 [:reflect::annotations_of_parameter<F, Place>[Word]:]...};
}

template <class T, std::size_t At, std::size_t... Word>
consteval field words_of_member(std::index_sequence<Word...>) {
    return field{field::words_only{}, reflect::member_name<T, At>, [:reflect::annotations_of_member<T, At>[Word]:]...};
}

}  // namespace detail

/// The words for those members of a struct that have annotations of haft's.
template <class T>
consteval std::array<field, reflect::annotated_members<T>.size()> annotated_members() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<field, sizeof...(I)>{detail::words_of_member<T, reflect::annotated_members<T>[I]>(
            std::make_index_sequence<reflect::annotations_of_member<T, reflect::annotated_members<T>[I]>.size()>{})...};
    }(std::make_index_sequence<reflect::annotated_members<T>.size()>{});
}

/// The words for those parameters of a function that stand at the places `At`, and which of them it has a default for.
template <std::meta::info F, std::size_t... At>
struct annotated_parameters : std::array<field, sizeof...(At)> {
    static constexpr std::uint64_t has_default = [] {
        constexpr std::array<bool, sizeof...(At) + 1> each{reflect::has_default_argument<F, At>..., false};
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < sizeof...(At); ++i) bits |= std::uint64_t{each[i]} << i;
        return bits;
    }();

    consteval annotated_parameters()
        : std::array<field, sizeof...(At)>{detail::words_of_parameter<F, At>(
              std::make_index_sequence<reflect::annotations_of_parameter<F, At>.size()>{})...} {}
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_SCHEMA_ANNOTATIONS_HPP
