// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_CONSTRAINT_HPP
#define HAFT_JSON_CONSTRAINT_HPP

/// The limits that an author gave a member, in JSON Schema's words, as the matcher checks them.

#include <haft/json/pattern.hpp>
#include <haft/json/string_format.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0::json {

/// A value of `one_of`. Which of the three counts is the kind of the member's type.
struct allowed_value {
    std::string_view text;      ///< of a string
    std::uint64_t integer = 0;  ///< the bits of an int64 where the type is signed
    double real = 0;
};

/// The limits that few members have.
struct text_constraint {
    const pattern_view* pattern = nullptr;
    std::string_view pattern_text;
    string_format format{};
    const allowed_value* allowed = nullptr;
    std::size_t allowed_count = 0;
    std::string_view allowed_text;  ///< `["economy","business"]`
};

/// The limits of one member. Which of the numeric pairs counts is the type's kind.
struct constraint {
    enum : std::uint16_t {
        minimum = 1,
        maximum = 2,
        exclusive_minimum = 4,  ///< the lower limit, itself not included
        exclusive_maximum = 8,
        multiple_of = 16,
        min_length = 32,
        max_length = 64,
        min_items = 128,
        max_items = 256,
        unique_items = 512,
        min_properties = 1024,
        max_properties = 2048,
        pattern = 4096,
        format = 8192,
        one_of = 16384,
        any_lower = minimum | exclusive_minimum,
        any_upper = maximum | exclusive_maximum,
        any_number = any_lower | any_upper | multiple_of,
        any_length = min_length | max_length,
        any_least = min_length | min_items | min_properties,
        any_most = max_length | max_items | max_properties,
    };
    std::uint16_t given = 0;
    std::uint64_t low = 0, high = 0, step = 0;          ///< of an integer; the bits of an int64 where it is signed
    double real_low = 0, real_high = 0, real_step = 0;  ///< of a number
    std::uint64_t size_low = 0, size_high = 0;          ///< code points, items or properties
    const text_constraint* more = nullptr;              ///< with pattern, format, one_of

    constexpr bool has(unsigned flag) const noexcept { return (given & flag) != 0; }
};

namespace detail {
/// What is left of a value that a step is taken off as often as it goes, exactly. Requires 0 <= value, both finite, step > 0.
constexpr double remainder_of(double value, double step) noexcept {
    double part = step;
    while (part <= value / 2) part *= 2;
    for (;; part /= 2) {
        if (part <= value) value -= part;  // no more than half of it is left, so nothing is rounded
        if (part <= step) return value;
    }
}
}  // namespace detail

/// Whether a number is a whole multiple of a step. A whole step is taken exactly; decimal ones such as 0.01 are no doubles,
/// so of these a few units in the last place are allowed.
constexpr bool is_multiple(double value, double step) noexcept {
    const double magnitude = value < 0 ? -value : value;
    if (!(magnitude <= 1.7976931348623157e308)) return false;
    if (step >= 9007199254740992.0 || step == static_cast<double>(static_cast<std::int64_t>(step)))
        return detail::remainder_of(magnitude, step) == 0;
    const double q = magnitude / step;
    if (!(q < 9007199254740992.0)) return true;  // too large to hold a fraction
    const double whole = static_cast<double>(static_cast<std::int64_t>(q + 0.5));
    const double off = q < whole ? whole - q : q - whole;
    return off <= (q < 1 ? 1 : q) * 8.9e-16;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_CONSTRAINT_HPP
