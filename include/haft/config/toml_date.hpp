// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_TOML_DATE_HPP
#define HAFT_CONFIG_TOML_DATE_HPP

/// TOML's dates and times as the texts of RFC 3339, which is what JSON has for them. [fault 113]

#include <haft/core/config.hpp>

#include <toml++/toml.hpp>

#include <cstddef>
#include <string>

namespace haft::inline v0::detail {

/// Appends a number with zeros in front.
HAFT_COLD inline void append_digits(std::string& out, unsigned n, std::size_t width) {
    std::string digits(width, '0');
    for (std::size_t i = width; i-- > 0; n /= 10) digits[i] = static_cast<char>('0' + n % 10);
    out += digits;
}

/// `2026-11-21`
HAFT_COLD inline void append_date(std::string& out, const toml::date& date) {
    append_digits(out, date.year, 4);
    out += '-';
    append_digits(out, date.month, 2);
    out += '-';
    append_digits(out, date.day, 2);
}

/// `07:32:00`, `07:32:00.25`
HAFT_COLD inline void append_time(std::string& out, const toml::time& time) {
    append_digits(out, time.hour, 2);
    out += ':';
    append_digits(out, time.minute, 2);
    out += ':';
    append_digits(out, time.second, 2);
    if (time.nanosecond == 0) return;
    out += '.';
    append_digits(out, time.nanosecond, 9);
    while (out.back() == '0') out.pop_back();
}

/// `2026-11-21T07:32:00Z`, `…+01:00`, or without the last of what has no offset.
HAFT_COLD inline void append_date_time(std::string& out, const toml::date_time& both) {
    append_date(out, both.date);
    out += 'T';
    append_time(out, both.time);
    if (!both.offset) return;
    const int minutes = both.offset->minutes;
    if (minutes == 0) {
        out += 'Z';
        return;
    }
    const auto size = static_cast<unsigned>(minutes < 0 ? -minutes : minutes);
    out += minutes < 0 ? '-' : '+';
    append_digits(out, size / 60, 2);
    out += ':';
    append_digits(out, size % 60, 2);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_CONFIG_TOML_DATE_HPP
