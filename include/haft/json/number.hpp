// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_NUMBER_HPP
#define HAFT_JSON_NUMBER_HPP

/// Numbers between text and binary, exactly and without the locale: the short decimals that people write are handled
/// here (at compile time too), the rest is the standard library's.

#include <haft/core/fixed_string.hpp>

#include <array>
#include <bit>
#include <cfloat>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#if !defined(__cpp_lib_to_chars)  // libc++ before 20 reads integers only
#include <clocale>
#include <cstdlib>
#if defined(__APPLE__)
#include <xlocale.h>
#endif
#endif

namespace haft::inline v0::json {

/// The powers of ten that a double holds exactly.
inline constexpr std::array<double, 23> exact_powers_of_ten{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                            1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
inline constexpr double largest_exact_integer = 9007199254740992.0;  // 2^53

/// Neither infinite nor not a number. (`x - x == 0` would do, but is no constant expression where it is false.)
constexpr bool is_finite(double value) noexcept { return value >= -DBL_MAX && value <= DBL_MAX; }

/// Whether a double is no float and lies so exactly between two of them that rounding it once more could go wrong: the
/// decimal that it was read from may have stood a hair to either side. (All below the normal floats count, being rare.)
constexpr bool between_floats(double value) noexcept {
    if (value == 0) return false;
    const double magnitude = value < 0 ? -value : value;
    if (magnitude < static_cast<double>(FLT_MIN)) return true;
    constexpr std::uint64_t beyond_float = (1u << 29) - 1;  // of 52 bits of fraction a float keeps 23
    return (std::bit_cast<std::uint64_t>(value) & beyond_float) == 1u << 28;
}

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
        if constexpr (std::is_same_v<Real, float>) return static_cast<float>(text) == static_cast<float>(v) && !between_floats(text);
        else return text == v;
    };
    // From 2^52 on a double is a whole number, and adding a half would round.
    const auto nearest_natural = [](double x) { return static_cast<unsigned long long>(x < largest_exact_integer / 2 ? x + 0.5 : x); };
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

/// Appends a finite number, as short as it can be and still read back equal.
template <class Real>
void append_number(std::string& out, Real value) {
    char buffer[64];
    text_sink sink{buffer};
    if (value == 0) {
        out += 1 / value < 0 ? "-0.0" : "0";
    } else if (put_short_decimal(sink, value)) {
        out.append(buffer, sink.size);
    } else {
        out.append(buffer, static_cast<std::size_t>(std::to_chars(buffer, buffer + sizeof buffer, value).ptr - buffer));
    }
}

namespace detail {

/// The standard library's reading; false if the number is too large or too small for a `Real`.
template <class Real>
bool read_by_library(std::string_view text, Real& out) {
#if defined(__cpp_lib_to_chars)
    return std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc{};
#else
    // A fixed "C" locale: std::strtod would read a decimal comma where the host has set one.
    static const ::locale_t neutral = ::newlocale(LC_ALL_MASK, "C", ::locale_t{});
    const std::string copy(text);
    if constexpr (std::is_same_v<Real, float>) out = ::strtof_l(copy.c_str(), nullptr, neutral);
    else out = ::strtod_l(copy.c_str(), nullptr, neutral);
    return is_finite(static_cast<double>(out)) && out != 0;
#endif
}

}  // namespace detail

/// Reads a number in JSON's grammar (already checked), correctly rounded. Returns false if it is too large for a double;
/// what is too small for one becomes zero with its sign.
inline bool read_double(std::string_view text, double& out) {
    // Clinger's fast path: digits and power are both exact, so one rounding is the right one.
    const char* p = text.data();
    const char* const end = p + text.size();
    const bool negative = *p == '-';
    p += negative;
    unsigned long long digits = 0;
    int count = 0;
    int exponent = 0;
    for (; p < end && *p >= '0' && *p <= '9'; ++p, ++count) digits = digits * 10 + static_cast<unsigned>(*p - '0');
    if (p < end && *p == '.')
        for (++p; p < end && *p >= '0' && *p <= '9'; ++p, ++count, --exponent)
            digits = digits * 10 + static_cast<unsigned>(*p - '0');
    if (p < end && (*p == 'e' || *p == 'E')) {
        ++p;
        const bool down = *p == '-';
        if (*p == '-' || *p == '+') ++p;
        int written = 0;
        for (; p < end; ++p)
            if (written < 100000) written = written * 10 + (*p - '0');
        exponent += down ? -written : written;
    }
    if (count <= 19 && digits <= static_cast<unsigned long long>(largest_exact_integer) && exponent >= -22 && exponent <= 22) {
        const double v = static_cast<double>(digits);
        const double power = exact_powers_of_ten[static_cast<std::size_t>(exponent < 0 ? -exponent : exponent)];
        out = exponent < 0 ? v / power : v * power;
        if (negative) out = -out;
        return true;
    }
    if (detail::read_by_library(text, out)) return true;
    // It is too large, too small or zero; the place of the first digit that counts tells them apart.
    std::size_t first = negative ? 1 : 0;
    long long magnitude = 0;
    bool whole = true;
    bool found = false;
    for (; first < text.size() && text[first] != 'e' && text[first] != 'E'; ++first) {
        if (text[first] == '.') {
            whole = false;
            continue;
        }
        if (text[first] != '0') found = true;
        if (whole && found) ++magnitude;
        if (!whole && !found) --magnitude;
    }
    long long written = 0;
    bool down = false;
    for (++first; first < text.size(); ++first) {
        if (text[first] == '-') down = true;
        if (text[first] >= '0' && text[first] <= '9' && written < 1000000000) written = written * 10 + (text[first] - '0');
    }
    if (found && magnitude + (down ? -written : written) > 0) return false;
    out = negative ? -0.0 : 0.0;
    return true;
}

/// The float of a number that read_double has read: the nearest to the text, which is not always the nearest to the
/// double. Returns false if it is too large for a float.
inline bool narrow_to_float(std::string_view text, double read, float& out) {
    out = static_cast<float>(read);
    float exact = 0;
    if (between_floats(read) && detail::read_by_library(text, exact)) out = exact;
    return is_finite(static_cast<double>(out));
}

/// An integer as JSON may write it: 12, -3, 1.0, 1e3.
struct integer_value {
    bool negative = false;
    unsigned long long magnitude = 0;
};

enum class integer_reading { ok, fraction, too_large };

/// Reads a number in JSON's grammar (already checked) as an integer, exactly. 1.0 is one (2020-12 section 6.1.1).
constexpr integer_reading read_integer(std::string_view text, integer_value& out) noexcept {
    std::size_t i = text[0] == '-' ? 1 : 0;
    out = {i == 1, 0};
    // Find the exponent first: it says which digits lie behind the point.
    const std::size_t e = text.find_first_of("eE");
    const std::string_view number = text.substr(0, e);
    long long exponent = 0;
    if (e != std::string_view::npos) {
        std::size_t j = e + 1;
        const bool down = text[j] == '-';
        if (text[j] == '-' || text[j] == '+') ++j;
        for (; j < text.size(); ++j)
            if (exponent < 100000000) exponent = exponent * 10 + (text[j] - '0');
        if (down) exponent = -exponent;
    }
    const std::size_t point = number.find('.');
    const auto places = point == std::string_view::npos ? 0 : static_cast<long long>(number.size() - point - 1);
    // `remaining` digits of the number stand before the point once the exponent has moved it
    long long remaining = static_cast<long long>(number.size() - i) - (places ? places + 1 : 0) + exponent;
    bool large = false;
    for (; i < number.size(); ++i) {
        if (number[i] == '.') continue;
        const auto digit = static_cast<unsigned>(number[i] - '0');
        if (remaining-- <= 0) {
            if (digit) return integer_reading::fraction;
            continue;
        }
        if (out.magnitude > (~0ull - digit) / 10) large = true;
        else out.magnitude = out.magnitude * 10 + digit;
    }
    if (large) return integer_reading::too_large;
    for (; remaining > 0 && out.magnitude; --remaining) {
        if (out.magnitude > ~0ull / 10) return integer_reading::too_large;
        out.magnitude *= 10;
    }
    return integer_reading::ok;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_NUMBER_HPP
