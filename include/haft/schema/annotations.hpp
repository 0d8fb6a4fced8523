// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_ANNOTATIONS_HPP
#define HAFT_SCHEMA_ANNOTATIONS_HPP

/// Words that stand as annotations where they belong: `int days [[=haft::doc("Days ahead"), =haft::minimum(1)]] = 3`. Only where
/// HAFT_HAS_REFLECTION().

#include <haft/reflect/function.hpp>
#include <haft/schema/words.hpp>

#if HAFT_HAS_REFLECTION()

#include <array>
#include <cstddef>
#include <cstdint>
#include <meta>
#include <utility>

namespace haft::inline v0::schema {

/// The words for the parameters of a function, those at the places `At`; and what the function knows of them.
template <std::meta::info F, std::size_t... At>
struct annotated_parameters : std::array<field, sizeof...(At)> {
    static constexpr std::uint64_t has_default = [] {
        constexpr std::array<bool, sizeof...(At) + 1> each{reflect::has_default_argument<F, At>..., false};
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < sizeof...(At); ++i) bits |= std::uint64_t{each[i]} << i;
        return bits;
    }();

    consteval annotated_parameters()
        : std::array<field, sizeof...(At)>{words_of<At>(
              std::make_index_sequence<reflect::annotations_of_parameter<F, At>.size()>{})...} {}

    /// Calls it; with fewer arguments than it has parameters its own defaults apply.
    template <class... Arguments>
    static constexpr decltype(auto) call(Arguments&&... arguments) {
        return [:F:](std::forward<Arguments>(arguments)...);
    }

private:
    template <std::size_t Place, std::size_t... Word>
    static consteval field words_of(std::index_sequence<Word...>) {
        return field{field::words_only{}, reflect::parameter_name<F, Place>(),
                     [:reflect::annotations_of_parameter<F, Place>[Word]:]...};
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_HAS_REFLECTION()

#endif  // HAFT_SCHEMA_ANNOTATIONS_HPP
