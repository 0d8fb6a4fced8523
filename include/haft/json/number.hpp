// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_NUMBER_HPP
#define HAFT_JSON_NUMBER_HPP

/// What reading and writing numbers share: powers of ten, and two questions about doubles.

#include <array>
#include <bit>
#include <cfloat>
#include <cstddef>
#include <cstdint>

namespace haft::inline v0::json {

/// The powers of ten that a double holds exactly.
inline constexpr std::array<double, 23> exact_powers_of_ten{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                            1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
/// Those that 64 bits hold.
inline constexpr auto powers_of_ten = [] {
    std::array<std::uint64_t, 20> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
}();
inline constexpr double largest_exact_integer = 9007199254740992.0;  // 2^53

/// Neither infinite nor not a number. (`x - x == 0` would do, but is no constant expression where it is false.)
constexpr bool is_finite(double value) noexcept { return value >= -DBL_MAX && value <= DBL_MAX; }

constexpr bool is_negative_zero(double value) noexcept {
    return std::bit_cast<std::uint64_t>(value) == std::uint64_t{1} << 63;
}

/// Whether a double is no float and lies so exactly between two of them that rounding it once more could go wrong: the
/// decimal that it was read from may have stood a hair to either side. (All below the normal floats count, being rare.)
constexpr bool between_floats(double value) noexcept {
    if (value == 0) return false;
    const double magnitude = value < 0 ? -value : value;
    if (magnitude < static_cast<double>(FLT_MIN)) return true;
    constexpr std::uint64_t beyond_float = (1u << 29) - 1;  // of 52 bits of fraction a float keeps 23
    return (std::bit_cast<std::uint64_t>(value) & beyond_float) == 1u << 28;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_NUMBER_HPP
