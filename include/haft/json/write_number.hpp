// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_WRITE_NUMBER_HPP
#define HAFT_JSON_WRITE_NUMBER_HPP

/// Numbers to text, exactly and without the locale: short decimals by division (at compile time too), the rest by the
/// standard library or, for the compiler, in exact arithmetic.

#include <haft/core/config.hpp>
#include <haft/core/text_sink.hpp>
#include <haft/json/number.hpp>
#include <haft/json/shortest_decimal.hpp>

#include <array>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace haft::inline v0::json {

namespace detail {

/// Writes digits * 10^power, plain where that is readable (1e-6 to 1e16) and with an exponent elsewhere.
constexpr void put_decimal_digits(text_sink& sink, unsigned long long digits, int power) {
    for (; digits % 10 == 0; digits /= 10) ++power;
    char text[20]{};
    text_sink written{text};
    written.put_natural(digits);
    const int n = static_cast<int>(written.size);
    const int point = n + power;  // digits before the decimal point
    if (point < -5 || point > 16) {
        sink.put(std::string_view(text, written.size));
        sink.put('e');
        sink.put_integer(power);
        return;
    }
    if (point <= 0) {
        sink.put("0.");
        for (int i = point; i < 0; ++i) sink.put('0');
    }
    for (int i = 0; i < n || i < point; ++i) {
        if (i > 0 && i == point) sink.put('.');
        sink.put(i < n ? text[i] : '0');
    }
}

/// As much of big arithmetic as the longest double wants.
struct big_natural {
    std::array<std::uint32_t, 40> words{};

    constexpr void multiply(std::uint32_t by) {
        std::uint64_t carry = 0;
        for (auto& word : words) {
            carry += std::uint64_t{word} * by;
            word = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
    }
    constexpr void multiply_by_power(std::uint32_t base, std::uint32_t base_to_the_9th, int power) {
        for (; power >= 9; power -= 9) multiply(base_to_the_9th);
        for (; power > 0; --power) multiply(base);
    }
    constexpr void scale_by_10(int power) { multiply_by_power(10, 1'000'000'000, power); }
    constexpr void scale_by_2(int power) { multiply_by_power(2, 512, power); }
    constexpr void subtract(const big_natural& other) {
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::uint64_t difference = std::uint64_t{words[i]} - other.words[i] - borrow;
            words[i] = static_cast<std::uint32_t>(difference);
            borrow = difference >> 63;
        }
    }
    constexpr big_natural plus(const big_natural& other) const {
        big_natural sum;
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
            carry += std::uint64_t{words[i]} + other.words[i];
            sum.words[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        return sum;
    }
    /// < 0, 0 or > 0, as this is less, equal or greater.
    constexpr int compare(const big_natural& other) const {
        for (std::size_t i = words.size(); i-- > 0;)
            if (words[i] != other.words[i]) return words[i] < other.words[i] ? -1 : 1;
        return 0;
    }
};

/// Writes any finite double but zero as the shortest decimal that reads back equal, by Steele and White's algorithm
/// (PLDI 1990) in exact arithmetic: slow, and meant for the compiler, which has no std::to_chars for it.
constexpr void put_exact_decimal(text_sink& sink, double value) {
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
    const int field = static_cast<int>(bits >> 52 & 0x7FF);
    const std::uint64_t significand = field ? fraction | std::uint64_t{1} << 52 : fraction;
    const int exponent = (field ? field : 1) - 1075;
    // The value is rest/unit; above/unit and below/unit are half the ways to its neighbours.
    const bool power_of_two = fraction == 0 && field > 1;  // the neighbour below is nearer
    big_natural rest, unit, above, below;
    rest.words[0] = static_cast<std::uint32_t>(significand);
    rest.words[1] = static_cast<std::uint32_t>(significand >> 32);
    unit.words[0] = below.words[0] = 1;
    above.words[0] = power_of_two ? 2 : 1;
    rest.scale_by_2((power_of_two ? 2 : 1) + (exponent > 0 ? exponent : 0));
    unit.scale_by_2((power_of_two ? 2 : 1) + (exponent < 0 ? -exponent : 0));
    above.scale_by_2(exponent);
    below.scale_by_2(exponent);
    // Scale until 0.1 <= rest/unit < 1, give or take the way to the neighbour above.
    const double logarithm = (exponent + static_cast<int>(std::bit_width(significand)) - 1) * 0.30102999566398120;
    int power = static_cast<int>(logarithm);
    if (static_cast<double>(power) < logarithm) ++power;  // rounded up: the right one or one too small
    unit.scale_by_10(power);
    for (big_natural* scaled : {&rest, &above, &below}) scaled->scale_by_10(-power);
    const bool even = (significand & 1) == 0;  // then a decimal exactly between two doubles reads as this one
    const auto reaches_above = [&] { return rest.plus(above).compare(unit) >= (even ? 0 : 1); };
    if (reaches_above()) ++power;
    else
        for (big_natural* scaled : {&rest, &above, &below}) scaled->multiply(10);
    unsigned long long digits = 0;
    for (;;) {
        unsigned digit = 0;
        for (; rest.compare(unit) >= 0; rest.subtract(unit)) ++digit;
        --power;
        digits = digits * 10 + digit;
        const bool low = rest.compare(below) <= (even ? 0 : -1);
        const bool high = reaches_above();
        if (low || high) {
            if (high && (!low || rest.plus(rest).compare(unit) >= 0)) ++digits;
            break;
        }
        for (big_natural* scaled : {&rest, &above, &below}) scaled->multiply(10);
    }
    if (value < 0) sink.put('-');
    put_decimal_digits(sink, digits, power);
}

}  // namespace detail

/// Writes a finite number as the shortest decimal that reads back equal, if that has few digits (a double: up to 15,
/// and most of 16) and the number is not far from 1 (1e-22 to 1e37); otherwise writes nothing and returns false. `Real`
/// is float or double.
/// Sound because a correctly rounded division (or product) of two exact numbers is what a correct reader computes.
template <class Real>
constexpr bool put_short_decimal(text_sink& sink, Real value) {
    if (value == 0) return false;  // the sign of zero is for the caller
    const double v = value < 0 ? -static_cast<double>(value) : static_cast<double>(value);
    if (v >= 1e37) return false;  // to find its shortest text would take more zeros than there are powers
    const auto reads_back = [&](double text) {
        if constexpr (std::is_same_v<Real, float>)
            return static_cast<float>(text) == static_cast<float>(v) && !between_floats(text);
        else return text == v;
    };
    // From 2^52 on a double is a whole number, and adding a half would round.
    const auto nearest_natural = [](double x) {
        return static_cast<unsigned long long>(x < largest_exact_integer / 2 ? x + 0.5 : x);
    };
    // float: more than 9 digits would be noise of the conversion to double
    const double most = std::is_same_v<Real, float> ? 1e9 : largest_exact_integer;
    for (std::size_t places = 0; places < exact_powers_of_ten.size(); ++places) {
        const double scaled = v * exact_powers_of_ten[places];
        if (!(scaled < most)) break;
        const unsigned long long digits = nearest_natural(scaled);
        if (digits == 0 || !reads_back(static_cast<double>(digits) / exact_powers_of_ten[places])) continue;
        if (value < 0) sink.put('-');
        detail::put_decimal_digits(sink, digits, -static_cast<int>(places));
        return true;
    }
    for (std::size_t zeros = exact_powers_of_ten.size() - 1; zeros > 0; --zeros) {
        const double scaled = v / exact_powers_of_ten[zeros];
        if (!(scaled < most)) break;
        const unsigned long long digits = nearest_natural(scaled);
        if (digits == 0 || !reads_back(static_cast<double>(digits) * exact_powers_of_ten[zeros])) continue;
        if (value < 0) sink.put('-');
        detail::put_decimal_digits(sink, digits, static_cast<int>(zeros));
        return true;
    }
    return false;
}

/// Writes a finite number so that it reads back equal, at compile time: the shortest text for it (of a float: for most).
template <class Real>
constexpr void put_number(text_sink& sink, Real value) {
    if (value == 0) sink.put(std::bit_cast<std::uint64_t>(static_cast<double>(value)) ? "-0.0" : "0");
    else if (!put_short_decimal(sink, value)) detail::put_exact_decimal(sink, static_cast<double>(value));
}

/// The most characters that one number has here.
inline constexpr std::size_t longest_number = 40;

namespace detail {

inline constexpr auto digit_pairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i)
        pairs[2 * i] = static_cast<char>('0' + i / 10), pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    return pairs;
}();

HAFT_APART inline char* put_long_natural(char* to, std::uint64_t value) noexcept {
    char digits[20];
    char* first = digits + sizeof digits;
    for (; value >= 100; value /= 100) std::memcpy(first -= 2, &digit_pairs[2 * (value % 100)], 2);
    if (value >= 10) std::memcpy(first -= 2, &digit_pairs[2 * value], 2);
    else *--first = static_cast<char>('0' + value);
    const auto n = static_cast<std::size_t>(digits + sizeof digits - first);
    std::memcpy(to, first, n);
    return to + n;
}

}  // namespace detail

/// These write a number and give the end. They require room for `longest_number`.
HAFT_HOT char* put_natural(char* to, std::uint64_t value) noexcept {
    if (value >= 100) return detail::put_long_natural(to, value);
    if (value >= 10) return std::memcpy(to, &detail::digit_pairs[2 * value], 2), to + 2;
    return *to = static_cast<char>('0' + value), to + 1;
}
HAFT_HOT char* put_integer(char* to, std::int64_t value) noexcept {
    if (value < 0) *to++ = '-';
    const auto bits = static_cast<std::uint64_t>(value);
    return put_natural(to, value < 0 ? 0 - bits : bits);
}

namespace detail {

/// Writes digits / 10^Places without the zeros at the end.
template <unsigned Places>
HAFT_HOT char* put_fixed(char* to, std::uint64_t digits) noexcept {
    constexpr std::uint64_t power = powers_of_ten[Places];
    to = put_natural(to, digits / power);
    std::uint64_t fraction = digits % power;
    if (fraction == 0) return to;
    *to = '.';
    for (unsigned i = Places; i > 0; i -= 2, fraction /= 100)
        std::memcpy(to + i - 1, &digit_pairs[2 * (fraction % 100)], 2);
    to += Places;
    while (*to == '0') --to;
    return to + 1;
}

/// A number from 1e-3 to 1e9 that is not whole.
inline char* put_long_decimal(char* to, double value) noexcept {
#if defined(__SIZEOF_INT128__)
    if (value < 0) *to++ = '-', value = -value;
    short_decimal left = shortest_decimal(value);
    char digits[48];  // up to the middle; what is behind is copied, but does not count
    char* first = digits + 24;
    for (; left.digits >= 100; left.digits /= 100) std::memcpy(first -= 2, &digit_pairs[2 * (left.digits % 100)], 2);
    if (left.digits >= 10) std::memcpy(first -= 2, &digit_pairs[2 * left.digits], 2);
    else *--first = static_cast<char>('0' + left.digits);
    std::ptrdiff_t whole = digits + 24 - first - static_cast<std::ptrdiff_t>(left.places);
    for (; whole < 1; ++whole) *--first = '0';  // 0.00123
    std::memcpy(to, first, 12);
    to[whole] = '.';
    std::memcpy(to + whole + 1, first + whole, 20);
    return to + whole + 1 + left.places;
#else
    return std::to_chars(to, to + longest_number, value, std::chars_format::fixed).ptr;
#endif
}

/// Numbers of more places, and those far from 1.
template <class Real>
HAFT_APART char* put_any_number(char* to, Real value) {
    if (value == 0) return std::memcpy(to, "-0.0", 4), to + 4;  // (0 itself was written as a whole number)
    if constexpr (std::is_same_v<Real, double>) {
        const double magnitude = value < 0 ? -value : value;
        if (magnitude >= 1e-3 && magnitude < 1e9) return put_long_decimal(to, value);
    }
    text_sink sink{to};
    if (put_short_decimal(sink, value)) return to + sink.size;
    return std::to_chars(to, to + longest_number, value).ptr;
}

}  // namespace detail

/// A number of two places at most that is neither large nor small, as it stands in most texts: prices, percentages, temperatures.
/// Null, and nothing is written, if it is none.
HAFT_HOT char* put_usual_double(char* to, double value) noexcept {
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(value);
    if (bits == 0) return *to = '0', to + 1;
    const std::uint64_t significand = (bits & ((std::uint64_t{1} << 52) - 1)) | std::uint64_t{1} << 52;
    const std::uint64_t halvings = 1075 - (bits >> 52 & 0x7FF);  // |value| = significand / 2^halvings
    if (halvings - 8 > 53) return nullptr;
    // The nearest number of hundredths reads back if it is off by less than half a step between doubles, and no other does, since
    // steps are less than half a hundredth. All of it is exact.
    const std::uint64_t product = significand * 100;
    const std::uint64_t hundredths = (product + (std::uint64_t{1} << (halvings - 1))) >> halvings;
    const std::uint64_t off = product - (hundredths << halvings);
    if (off + 49 > 98) return nullptr;
    if (bits >> 63) *to++ = '-';
    return detail::put_fixed<2>(to, hundredths);
}

/// A finite number, as short as it can be and still read back equal.
inline char* put_double(char* to, double value) {
    char* const end = put_usual_double(to, value);
    return end ? end : detail::put_any_number(to, value);
}
inline char* put_float(char* to, float value) {
    if (value == 0 && !is_negative_zero(static_cast<double>(value))) return *to = '0', to + 1;
    return detail::put_any_number(to, value);
}

/// Appends a finite number likewise.
HAFT_COLD inline void append_number(std::string& out, double value) {
    char text[longest_number];
    out.append(text, put_double(text, value));
}
HAFT_COLD inline void append_number(std::string& out, float value) {
    char text[longest_number];
    out.append(text, put_float(text, value));
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_WRITE_NUMBER_HPP
