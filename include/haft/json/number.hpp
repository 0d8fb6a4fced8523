// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_NUMBER_HPP
#define HAFT_JSON_NUMBER_HPP

/// Numbers between text and binary, exactly and without the locale: the short decimals that people write are handled
/// here (at compile time too), the rest is the standard library's.

#include <haft/core/fixed_string.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

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

/// Writes a finite number as the shortest decimal that reads back equal, if it has one of at most 15 or so digits;
/// otherwise writes nothing and returns false. `Real` is float or double.
/// Sound because a correctly rounded division (or product) of two exact numbers is what a correct reader computes.
template <class Real>
constexpr bool put_short_decimal(text_sink& sink, Real value) {
    if (value == 0) return false;  // the sign of zero is for the caller
    const double v = value < 0 ? -static_cast<double>(value) : static_cast<double>(value);
    const auto reads_back = [&](double text) { return static_cast<Real>(text) == static_cast<Real>(v); };
    // float: more than 9 digits would be noise of the conversion to double
    const double most = sizeof(Real) == sizeof(float) ? 1e9 : largest_exact_integer;
    for (std::size_t places = 0; places < exact_powers_of_ten.size(); ++places) {
        const double scaled = v * exact_powers_of_ten[places];
        if (!(scaled < most)) break;
        const auto digits = static_cast<unsigned long long>(scaled + 0.5);
        if (digits == 0 || !reads_back(static_cast<double>(digits) / exact_powers_of_ten[places])) continue;
        if (value < 0) sink.put('-');
        unsigned long long scale = 1;
        std::size_t kept = places;
        for (std::size_t i = 0; i < places && scale <= digits; ++i) scale *= 10;
        if (scale > digits && places > 0) {  // 0.00…
            std::size_t significant = 0;
            for (unsigned long long d = digits; d; d /= 10) ++significant;
            sink.put("0.");
            for (std::size_t i = significant; i < kept; ++i) sink.put('0');
            sink.put_natural(digits);
            return true;
        }
        sink.put_natural(digits / scale);
        if (places) {
            sink.put('.');
            unsigned long long rest = digits % scale;
            for (std::size_t i = 0; i < places; ++i) {
                scale /= 10;
                sink.put(static_cast<char>('0' + rest / scale));
                rest %= scale;
            }
        }
        return true;
    }
    for (std::size_t zeros = 1; zeros < exact_powers_of_ten.size(); ++zeros) {
        const double scaled = v / exact_powers_of_ten[zeros];
        if (!(scaled < most)) continue;
        auto digits = static_cast<unsigned long long>(scaled + 0.5);
        if (digits == 0 || !reads_back(static_cast<double>(digits) * exact_powers_of_ten[zeros])) continue;
        std::size_t power = zeros;
        for (; digits % 10 == 0; digits /= 10) ++power;
        if (value < 0) sink.put('-');
        sink.put_natural(digits);
        sink.put('e');
        sink.put_natural(power);
        return true;
    }
    return false;
}

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
#if defined(__cpp_lib_to_chars)
    const auto [stop, failed] = std::from_chars(text.data(), end, out);
    if (failed == std::errc{}) return true;
    // from_chars says the same of too large and too small; the place of the first digit that counts tells them apart.
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
    if (magnitude + (down ? -written : written) > 0) return false;
    out = negative ? -0.0 : 0.0;
    return true;
#else
    // A fixed "C" locale: std::strtod would read a decimal comma where the host has set one.
    static const ::locale_t neutral = ::newlocale(LC_ALL_MASK, "C", ::locale_t{});
    const std::string copy(text);
    out = ::strtod_l(copy.c_str(), nullptr, neutral);
    return out - out == 0;
#endif
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
