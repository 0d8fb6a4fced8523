// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_DICE_HPP
#define HAFT_TESTING_DICE_HPP

/// Chance that is the same everywhere: what is generated from one seed is the same, byte for byte, with every compiler and standard
/// library, which std's distributions do not promise.

#include <cstddef>
#include <cstdint>

namespace haft::inline v0::testing {

/// Steele, Lea and Flood's SplitMix64.
class dice {
public:
    explicit constexpr dice(std::uint64_t seed) noexcept : state_(seed) {}

    constexpr std::uint64_t next() noexcept {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    /// From 0 to n - 1. Requires n > 0. (Not quite evenly, which is nothing here.)
    constexpr std::size_t below(std::size_t n) noexcept {
        return static_cast<std::size_t>(next() % static_cast<std::uint64_t>(n));
    }
    constexpr bool one_in(std::size_t n) noexcept { return below(n) == 0; }

private:
    std::uint64_t state_;
};

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_DICE_HPP
