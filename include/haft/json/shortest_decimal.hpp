// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_SHORTEST_DECIMAL_HPP
#define HAFT_JSON_SHORTEST_DECIMAL_HPP

/// The shortest decimal of a double that is neither large nor small, in exact arithmetic: what std::to_chars finds, in a
/// quarter of the time. Within these bounds every product fits 128 bits, so that there are no tables and no rounding.

#include <haft/json/number.hpp>

#include <bit>
#include <cstdint>

#if defined(__SIZEOF_INT128__)

namespace haft::inline v0::json {

/// digits / 10^places
struct short_decimal {
    std::uint64_t digits;
    unsigned places;
};

namespace detail {
__extension__ using natural_128 = unsigned __int128;
}  // namespace detail

/// Of all decimals that read back as `value` those with the fewest digits, and of these the nearest. Requires
/// 2^-10 <= value < 2^40. (R. Giulietti, "The Schubfach way to render doubles", 2020, sections 8 and 9; there the powers of ten are
/// approximations.)
constexpr short_decimal shortest_decimal(double value) noexcept {
    using detail::natural_128;
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t significand = (bits & ((std::uint64_t{1} << 52) - 1)) | std::uint64_t{1} << 52;
    const auto halvings = static_cast<unsigned>(1075 - (bits >> 52));  // value = significand / 2^halvings
    // Of a decimal of so many places, that is the ceiling of the logarithm of 2^halvings, one at least reads back, and of one place
    // less ten at most. (A power of two, whose neighbour below is nearer, is short itself here, and so the nearest.)
    const unsigned places = (halvings * 1262611u + (1u << 22) - 1) >> 22;
    const std::uint64_t power = powers_of_ten[places];
    // Four times the value and the two bounds of what reads back, in the last of the places. A bit at the end says that there was a rest:
    // the bounds have more places than any decimal here, so that none lies on one.
    const auto scaled = [halvings](natural_128 product) {
        const auto rest = static_cast<std::uint64_t>(product) << (64 - halvings);
        return static_cast<std::uint64_t>(product >> halvings) | (rest != 0);
    };
    const natural_128 product = natural_128{significand * 4} * power;
    const std::uint64_t quadruple = scaled(product);
    const std::uint64_t low = scaled(product - 2 * natural_128{power});
    const std::uint64_t high = scaled(product + 2 * natural_128{power});
    const std::uint64_t digits = quadruple / 4;
    const std::uint64_t tens = digits / 10;
    const bool below_fits = low <= 40 * tens;
    const bool above_fits = 40 * tens + 40 <= high;
    if (below_fits != above_fits) {
        short_decimal found{tens + above_fits, places - 1};
        for (const unsigned zeros : {8u, 4u, 2u, 1u})
            if (found.places >= zeros && found.digits % powers_of_ten[zeros] == 0)
                found.digits /= powers_of_ten[zeros], found.places -= zeros;
        return found;
    }
    const bool digits_fit = low <= 4 * digits;
    const bool next_fits = 4 * digits + 4 <= high;
    const std::uint64_t middle = 4 * digits + 2;
    const bool nearer = quadruple > middle || (quadruple == middle && (digits & 1) != 0);  // as near: to the even one
    const bool up = digits_fit != next_fits ? next_fits : nearer;
    return {digits + up, places};
}

}  // namespace haft::inline v0::json

#endif

#endif  // HAFT_JSON_SHORTEST_DECIMAL_HPP
