// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_READ_NUMBER_HPP
#define HAFT_JSON_READ_NUMBER_HPP

/// Numbers from text, correctly rounded and without the locale; integers exactly.

#include <haft/json/number.hpp>

#include <charconv>
#include <cstddef>
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

/// Reads a number in JSON's grammar (already checked) of so few digits that no library is wanted; false for others.
constexpr bool read_short_double(std::string_view text, double& out) noexcept {
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
    if (count <= 19 && digits <= static_cast<unsigned long long>(largest_exact_integer) && exponent >= -22 &&
        exponent <= 22) {
        const double v = static_cast<double>(digits);
        const double power = exact_powers_of_ten[static_cast<std::size_t>(exponent < 0 ? -exponent : exponent)];
        out = exponent < 0 ? v / power : v * power;
        if (negative) out = -out;
        return true;
    }
    return false;
}

/// Reads a number in JSON's grammar (already checked), correctly rounded. Returns false if it is too large for a double;
/// what is too small for one becomes zero with its sign.
inline bool read_double(std::string_view text, double& out) {
    if (read_short_double(text, out) || detail::read_by_library(text, out)) return true;
    const bool negative = text[0] == '-';
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
        if (text[first] >= '0' && text[first] <= '9' && written < 1000000000)
            written = written * 10 + (text[first] - '0');
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

#endif  // HAFT_JSON_READ_NUMBER_HPP
