// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_CHRONO_HPP
#define HAFT_SCHEMA_STD_CHRONO_HPP

/// The forms of std::chrono: durations as ISO 8601 texts (PT1H30M), points in time of the system clock as RFC 3339 ones in
/// UTC (2026-11-21T08:00:00Z), days and calendar dates as dates (2026-11-21). What is finer than the type is refused.

#include <haft/core/calendar.hpp>
#include <haft/core/text_sink.hpp>
#include <haft/json/type.hpp>
#include <haft/schema/custom.hpp>
#include <haft/schema/form.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <ratio>
#include <string>
#include <string_view>
#include <type_traits>

namespace haft::inline v0::schema {

namespace detail {

__extension__ typedef __int128 wide;  // holds a 64-bit count of seconds as nanoseconds

inline constexpr std::string_view too_fine = "it is finer than the parameter can hold";
inline constexpr std::string_view too_far = "it is beyond what the parameter can hold";

/// Seconds and nanoseconds as a duration, exactly; says why not otherwise.
template <class Duration>
constexpr bool to_duration(const split_seconds& from, Duration& to, std::string& why) {
    using rep = typename Duration::rep;
    using period = typename Duration::period;
    if constexpr (std::is_floating_point_v<rep>) {
        const std::chrono::duration<double> seconds{static_cast<double>(from.seconds) +
                                                    static_cast<double>(from.nanoseconds) * 1e-9};
        to = std::chrono::duration_cast<Duration>(seconds);
        return true;
    } else {
        // value = (seconds * 10^9 + nanoseconds) * den / (num * 10^9)
        const detail::wide nanoseconds = static_cast<detail::wide>(from.seconds) * 1'000'000'000 + from.nanoseconds;
        detail::wide scaled = 0;
        if (__builtin_mul_overflow(nanoseconds, static_cast<detail::wide>(period::den), &scaled))
            return why = too_far, false;
        const detail::wide unit = static_cast<detail::wide>(period::num) * 1'000'000'000;
        if (scaled % unit != 0) return why = too_fine, false;
        const detail::wide count = scaled / unit;
        if (count < static_cast<detail::wide>((std::numeric_limits<rep>::min)()) ||
            count > static_cast<detail::wide>((std::numeric_limits<rep>::max)()))
            return why = too_far, false;
        to = Duration{static_cast<rep>(count)};
        return true;
    }
}

template <class Duration>
constexpr bool from_duration(const Duration& from, split_seconds& to) {
    using rep = typename Duration::rep;
    using period = typename Duration::period;
    if constexpr (std::is_floating_point_v<rep>) {
        const double seconds =
            static_cast<double>(from.count()) * static_cast<double>(period::num) / static_cast<double>(period::den);
        if (!(seconds > -9.2e18 && seconds < 9.2e18)) return false;
        auto whole = static_cast<std::int64_t>(seconds);
        if (static_cast<double>(whole) > seconds) --whole;
        to.seconds = whole;
        to.nanoseconds = static_cast<std::int32_t>((seconds - static_cast<double>(whole)) * 1e9 + 0.5);
        if (to.nanoseconds == 1'000'000'000) to.nanoseconds = 0, ++to.seconds;
        return true;
    } else {
        detail::wide nanoseconds = 0;
        if (__builtin_mul_overflow(static_cast<detail::wide>(from.count()),
                                   static_cast<detail::wide>(period::num) * 1'000'000'000, &nanoseconds))
            return false;
        nanoseconds /= period::den;
        detail::wide seconds = nanoseconds / 1'000'000'000;
        detail::wide rest = nanoseconds % 1'000'000'000;
        if (rest < 0) rest += 1'000'000'000, --seconds;
        if (seconds > INT64_MAX || seconds < INT64_MIN) return false;
        to.seconds = static_cast<std::int64_t>(seconds);
        to.nanoseconds = static_cast<std::int32_t>(rest);
        return true;
    }
}

inline std::string why_not(const calendar_problem& problem) {
    return std::string(problem.why) + " at byte " + std::to_string(problem.at);
}

/// Appends what a function of core/calendar.hpp prints.
template <class Put>
bool append_calendar(std::string& out, Put put) {
    char text[most_calendar_bytes];
    text_sink sink{text};
    if (!put(sink)) return false;
    out.append(text, sink.size);
    return true;
}

/// The same as a JSON string at compile time.
template <class Put>
constexpr bool put_calendar(text_sink& sink, Put put) {
    sink.put('"');
    if (!put(sink)) return false;
    sink.put('"');
    return true;
}

template <class T>
inline constexpr bool whole_seconds = false;
template <class Rep, class Period>
inline constexpr bool whole_seconds<std::chrono::duration<Rep, Period>> =
    !std::is_floating_point_v<Rep> && std::ratio_greater_equal_v<Period, std::ratio<1>>;

}  // namespace detail

/// Durations of whole seconds or more are of the format `duration`, which knows no sign and no fraction, but without years
/// and months, which have no fixed length; finer ones and those of floating point have a pattern that lets sign and fraction
/// through.
template <class Rep, class Period>
struct form<std::chrono::duration<Rep, Period>> : text_form<std::chrono::duration<Rep, Period>> {
    using duration = std::chrono::duration<Rep, Period>;
    static constexpr bool whole = detail::whole_seconds<duration>;
    static constexpr std::string_view expected =
        whole ? "duration such as PT1H30M" : "duration such as PT1H30M or PT0.25S";
    static constexpr std::string_view schema_words =
        whole
            ? std::string_view(R"(,"pattern":"^P([0-9]+[WD]|([0-9]+D)?T([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?)"
                               R"(|[0-9]+S))$","format":"duration")")
            : std::string_view(R"(,"pattern":"^[+-]?P[0-9DTHMSW.]+$")");

    static bool read(std::string_view text, duration& to, std::string& why) {
        split_seconds value;
        if (whole)
            if (const calendar_problem p = check_duration(text); !p.ok()) return why = detail::why_not(p), false;
        if (const calendar_problem p = parse_duration(text, value); !p.ok()) return why = detail::why_not(p), false;
        return detail::to_duration(value, to, why);
    }
    static constexpr bool reads(std::string_view text) {
        split_seconds value;
        duration to{};
        std::string why;
        return !(whole && !check_duration(text).ok()) && parse_duration(text, value).ok() &&
               detail::to_duration(value, to, why);
    }
    static bool write(const duration& from, std::string& out, std::string& why) {
        split_seconds value;
        if (whole && from < duration::zero()) return why = "a negative duration has no text of this format", false;
        if (detail::from_duration(from, value) &&
            detail::append_calendar(out, [&](text_sink& sink) { return put_duration(sink, value); }))
            return true;
        return why = "it is beyond what a text can say", false;
    }
    static constexpr bool put(text_sink& sink, const duration& value) {
        split_seconds split;
        return !(whole && value < duration::zero()) && detail::from_duration(value, split) &&
               detail::put_calendar(sink, [&](text_sink& s) { return put_duration(s, split); });
    }
};

/// A point in time; of days, a date.
template <class Duration>
struct form<std::chrono::time_point<std::chrono::system_clock, Duration>>
    : text_form<std::chrono::time_point<std::chrono::system_clock, Duration>> {
    using point = std::chrono::time_point<std::chrono::system_clock, Duration>;
    static constexpr bool day = std::ratio_greater_equal_v<typename Duration::period, std::ratio<86400>>;
    static constexpr std::string_view expected =
        day ? "date such as 2026-11-21" : "date and time such as 2026-11-21T08:00:00Z";
    static constexpr std::string_view schema_words =
        day ? std::string_view(R"(,"format":"date")") : std::string_view(R"(,"format":"date-time")");

    static bool read(std::string_view text, point& to, std::string& why) {
        split_seconds value;
        std::int64_t days = 0;
        const calendar_problem p = day ? parse_date(text, days) : parse_date_time(text, value);
        if (!p.ok()) return why = detail::why_not(p), false;
        if (day) value.seconds = days * 86400;
        Duration since{};
        if (!detail::to_duration(value, since, why)) return false;
        return to = point(since), true;
    }
    static constexpr bool reads(std::string_view text) {
        split_seconds value;
        std::int64_t days = 0;
        Duration to{};
        std::string why;
        if (!(day ? parse_date(text, days) : parse_date_time(text, value)).ok()) return false;
        if (day) value.seconds = days * 86400;
        return detail::to_duration(value, to, why);
    }
    static bool write(const point& from, std::string& out, std::string& why) {
        if (detail::append_calendar(out, [&](text_sink& sink) { return put_text(sink, from); })) return true;
        return why = "it is in no year of four digits", false;
    }
    static constexpr bool put(text_sink& sink, const point& value) {
        return detail::put_calendar(sink, [&](text_sink& s) { return put_text(s, value); });
    }

private:
    static constexpr bool put_text(text_sink& sink, const point& value) {
        split_seconds split;
        if (!detail::from_duration(value.time_since_epoch(), split)) return false;
        if constexpr (day) return put_date(sink, split.seconds / 86400 - (split.seconds % 86400 < 0 ? 1 : 0));
        else return put_date_time(sink, split);
    }
};

/// A calendar date that exists.
template <>
struct form<std::chrono::year_month_day> : text_form<std::chrono::year_month_day> {
    static constexpr std::string_view expected = "date such as 2026-11-21";
    static constexpr std::string_view schema_words = R"(,"format":"date")";

    static bool read(std::string_view text, std::chrono::year_month_day& to, std::string& why) {
        std::int64_t days = 0;
        if (const calendar_problem p = parse_date(text, days); !p.ok()) return why = detail::why_not(p), false;
        const civil_date date = date_of(days);
        to = std::chrono::year_month_day{std::chrono::year{static_cast<int>(date.year)},
                                         std::chrono::month{static_cast<unsigned>(date.month)},
                                         std::chrono::day{static_cast<unsigned>(date.day)}};
        return true;
    }
    static constexpr bool reads(std::string_view text) { return check_date(text).ok(); }
    static bool write(const std::chrono::year_month_day& from, std::string& out, std::string& why) {
        if (from.ok() && detail::append_calendar(out, [&](text_sink& sink) { return put_text(sink, from); }))
            return true;
        return why = "there is no such day in a year of four digits", false;
    }
    static constexpr bool put(text_sink& sink, const std::chrono::year_month_day& value) {
        return value.ok() && detail::put_calendar(sink, [&](text_sink& s) { return put_text(s, value); });
    }

private:
    static constexpr bool put_text(text_sink& sink, const std::chrono::year_month_day& value) {
        return put_date(sink,
                        days_of({static_cast<int>(value.year()), static_cast<int>(static_cast<unsigned>(value.month())),
                                 static_cast<int>(static_cast<unsigned>(value.day()))}));
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STD_CHRONO_HPP
