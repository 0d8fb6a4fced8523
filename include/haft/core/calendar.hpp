// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_CALENDAR_HPP
#define HAFT_CORE_CALENDAR_HPP

/// Dates, times and durations as text (RFC 3339 and its appendix A), to plain integers and back. No <chrono>, no locale;
/// everything works at compile time too.

#include <haft/core/text_sink.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0 {

/// Why a text is no date, time or duration, and at which byte. A default one says that nothing is wrong.
struct calendar_problem {
    const char* why = nullptr;
    std::size_t at = 0;

    constexpr bool ok() const noexcept { return why == nullptr; }
};

/// A number of seconds, rounded down, and the nanoseconds (0 to 999'999'999) that come on top: half a second before 1970
/// is {-1, 500'000'000}. A point in time counts from 1970-01-01T00:00:00Z without leap seconds (POSIX).
struct split_seconds {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;

    friend constexpr bool operator==(const split_seconds&, const split_seconds&) = default;
};

/// A time of day as a clock shows it, and how many minutes that clock is ahead of UTC.
struct time_of_day {
    std::int32_t seconds = 0;  ///< since midnight, 0 to 86'399
    std::int32_t nanoseconds = 0;
    std::int16_t offset_minutes = 0;  ///< -1439 to 1439

    friend constexpr bool operator==(const time_of_day&, const time_of_day&) = default;
};

/// A day of the Gregorian calendar, also before there was one (proleptic). Month and day count from 1.
struct civil_date {
    std::int64_t year = 1970;
    int month = 1;
    int day = 1;

    friend constexpr bool operator==(const civil_date&, const civil_date&) = default;
};

constexpr bool is_leap_year(std::int64_t year) noexcept {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/// Requires a month from 1 to 12.
constexpr int days_in_month(std::int64_t year, int month) noexcept {
    if (month == 2) return is_leap_year(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// Days from 1970-01-01 to a date. Requires a date that exists, of a year from -1'000'000'000 to 1'000'000'000.
constexpr std::int64_t days_of(const civil_date& date) noexcept {
    // Years begin in March here: the leap day is then the last of its year, and the months before it follow one formula.
    const std::int64_t year = date.year - (date.month <= 2);
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

/// The inverse of `days_of`. Requires at most 300'000'000'000 days, either way.
constexpr civil_date date_of(std::int64_t days) noexcept {
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const std::int64_t day_of_era = days - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const auto shifted_month = static_cast<int>((5 * day_of_year + 2) / 153);
    civil_date date;
    date.month = shifted_month + (shifted_month < 10 ? 3 : -9);
    date.day = static_cast<int>(day_of_year) - (153 * shifted_month + 2) / 5 + 1;
    date.year = era * 400 + year_of_era + (date.month <= 2);
    return date;
}

/// The first and the last day that a four-digit year can name: 0000-01-01 and 9999-12-31.
inline constexpr std::int64_t first_calendar_day = -719'528;
inline constexpr std::int64_t last_calendar_day = 2'932'896;

/// No text that this header prints has more bytes.
inline constexpr std::size_t most_calendar_bytes = 40;

namespace detail {

/// Walks one text. Every function returns false once something is wrong; `problem` says what.
class calendar_reader {
public:
    constexpr explicit calendar_reader(std::string_view text) noexcept : text_(text) {}

    calendar_problem problem{};

    constexpr bool fail(const char* why, std::size_t at) noexcept {
        if (problem.ok()) problem = {why, at};
        return false;
    }
    constexpr std::size_t offset() const noexcept { return at_; }
    constexpr bool at(char c) const noexcept { return at_ < text_.size() && text_[at_] == c; }
    constexpr bool at_digit() const noexcept { return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; }
    constexpr bool at_end() const noexcept { return at_ == text_.size(); }
    constexpr bool take(char c) noexcept {
        if (!at(c)) return false;
        ++at_;
        return true;
    }
    constexpr bool expect(char c, const char* why) noexcept { return take(c) || fail(why, at_); }
    constexpr bool expect_end(const char* why) noexcept { return at_end() || fail(why, at_); }
    constexpr unsigned digit() noexcept { return static_cast<unsigned>(text_[at_++] - '0'); }

    /// Exactly `count` digits that make a number from `least` to `most`.
    constexpr bool field(int count, int least, int most, int& out, const char* why) noexcept {
        const std::size_t begin = at_;
        out = 0;
        for (int i = 0; i < count; ++i) {
            if (!at_digit()) return fail(why, at_);
            out = out * 10 + static_cast<int>(digit());
        }
        return (out >= least && out <= most) || fail(why, begin);
    }

    /// The digits after a point. `exact`: what nanoseconds can't hold is refused, otherwise it is dropped.
    constexpr bool fraction(std::int32_t& nanoseconds, bool exact) noexcept {
        if (!at_digit()) return fail("expected digits after the decimal point", at_);
        std::int32_t unit = 100'000'000;
        nanoseconds = 0;
        for (; at_digit(); unit /= 10) {
            if (unit == 0 && exact) return fail("more than nine digits in the fraction of a second", at_);
            nanoseconds += static_cast<std::int32_t>(digit()) * unit;
        }
        return true;
    }

    constexpr bool full_date(std::int64_t& days) noexcept {
        int year = 0;
        int month = 0;
        int day = 0;
        const std::size_t begin = at_;
        if (!field(4, 0, 9999, year, "expected a year of four digits") || !expect('-', "expected '-' after the year") ||
            !field(2, 1, 12, month, "expected a month from 01 to 12") || !expect('-', "expected '-' after the month") ||
            !field(2, 1, 31, day, "expected a day from 01 to 31"))
            return false;
        if (day > days_in_month(year, month)) return fail("the month does not have that day", begin + 8);
        days = days_of({year, month, day});
        return true;
    }

    /// `leap`: the second is a 60th. It is counted as the first one of the next minute, as POSIX does.
    constexpr bool full_time(time_of_day& out, bool& leap, bool exact) noexcept {
        int hour = 0;
        int minute = 0;
        int second = 0;
        if (!field(2, 0, 23, hour, "expected an hour from 00 to 23") || !expect(':', "expected ':' after the hour") ||
            !field(2, 0, 59, minute, "expected a minute from 00 to 59") ||
            !expect(':', "expected ':' after the minute"))
            return false;
        const std::size_t second_at = at_;
        if (!field(2, 0, 60, second, "expected a second from 00 to 59")) return false;
        out.nanoseconds = 0;
        if (take('.') && !fraction(out.nanoseconds, exact)) return false;
        int offset = 0;
        if (at('+') || at('-')) {
            const bool behind = at('-');
            ++at_;
            int hours = 0;
            if (!field(2, 0, 23, hours, "expected the hours of the offset, from 00 to 23") ||
                !expect(':', "expected ':' after the hours of the offset") ||
                !field(2, 0, 59, offset, "expected the minutes of the offset, from 00 to 59"))
                return false;
            offset += hours * 60;
            if (behind) offset = -offset;
        } else if (!take('Z') && !take('z')) {
            return fail("expected 'Z' or an offset such as +02:00", at_);
        }
        leap = second == 60;
        if (leap && (hour * 60 + minute - offset + 1440) % 1440 != 1439)
            return fail("a 60th second exists only at 23:59:60 UTC", second_at);
        out.seconds = hour * 3600 + minute * 60 + second;
        out.offset_minutes = static_cast<std::int16_t>(offset);
        return true;
    }

    constexpr bool date_time(split_seconds& out, bool exact) noexcept {
        std::int64_t days = 0;
        time_of_day time;
        bool leap = false;
        if (!full_date(days)) return false;
        if (!take('T') && !take('t')) return fail("expected 'T' between date and time", at_);
        const std::size_t time_at = at_;
        if (!full_time(time, leap, exact)) return false;
        out.seconds = days * 86'400 + time.seconds - time.offset_minutes * 60;
        out.nanoseconds = time.nanoseconds;
        // Leap seconds end months (RFC 3339, 5.7); which ones had one is known only afterwards, so any may.
        const std::int64_t next_day = (out.seconds - first_calendar_day * 86'400) / 86'400 + first_calendar_day;
        if (leap && date_of(next_day).day != 1)
            return fail("a 60th second exists only at the end of a month, in UTC", time_at + 6);
        return true;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

/// P, the units in their order, T. `strict` is the grammar of RFC 3339, appendix A; otherwise ISO 8601 as people write it:
/// with a sign, with a fraction of the seconds, and with units left out in the middle.
class duration_reader {
public:
    constexpr duration_reader(std::string_view text, bool strict) noexcept : in_(text), strict_(strict) {}

    constexpr calendar_problem read(split_seconds& out) noexcept {
        split_seconds value;
        if (run(value) && in_.expect_end("text after the duration")) out = value;
        return in_.problem;
    }

private:
    struct unit {
        char letter;
        std::uint32_t seconds;  ///< 0: no fixed number of them
    };

    constexpr bool run(split_seconds& out) noexcept {
        const bool negative = !strict_ && in_.at('-');
        if (!strict_ && !in_.take('-')) in_.take('+');
        if (!in_.expect('P', "a duration begins with 'P', such as PT1H30M")) return false;
        constexpr unit date_units[] = {{'Y', 0}, {'M', 0}, {'W', 604'800}, {'D', 86'400}};
        constexpr unit time_units[] = {{'H', 3'600}, {'M', 60}, {'S', 1}};
        bool any = false;
        if (!part(date_units, date_units + 4, any)) return false;
        if (!weeks_ && in_.take('T')) {
            any = false;
            if (!part(time_units, time_units + 3, any)) return false;
            if (!any) return in_.fail("expected a number and H, M or S after 'T'", in_.offset());
        }
        if (!any) return in_.fail("expected a number and a unit, or 'T'", in_.offset());
        if (strict_) return true;
        constexpr std::uint64_t most = std::uint64_t{1} << 63;
        if (total_ > most || (total_ == most && (!negative || nanoseconds_ != 0)))
            return in_.fail("a duration that does not fit", 0);
        if (!negative) {
            out = {static_cast<std::int64_t>(total_), nanoseconds_};
        } else {
            out.seconds = static_cast<std::int64_t>(0 - total_ - (nanoseconds_ != 0));
            out.nanoseconds = nanoseconds_ != 0 ? 1'000'000'000 - nanoseconds_ : 0;
        }
        return true;
    }

    constexpr bool part(const unit* from, const unit* const end, bool& any) noexcept {
        const unit* const begin = from;
        while (in_.at_digit()) {
            const std::size_t number_at = in_.offset();
            std::uint64_t number = 0;
            bool fits = true;
            while (in_.at_digit()) {
                const unsigned d = in_.digit();
                if (number > (~std::uint64_t{0} - d) / 10) fits = false;
                else number = number * 10 + d;
            }
            const bool fraction = !strict_ && in_.take('.');
            if (fraction && !in_.fraction(nanoseconds_, true)) return false;
            const unit* u = from;
            while (u != end && !in_.at(u->letter)) ++u;
            if (u == end)
                return in_.fail(end - begin == 3 ? "expected a unit: H, M or S, each once and in this order"
                                                 : "expected a unit: Y, M, W or D, each once and in this order",
                                in_.offset());
            if (u->letter == 'W') {
                if (any) return in_.fail("weeks stand alone", in_.offset());
                weeks_ = true;
            }
            // Appendix A lets units be left out at either end only: P1Y2D and PT1H2S are none of its durations.
            if (strict_ && any && u != from) return in_.fail("a unit is left out in the middle", in_.offset());
            if (fraction && u->letter != 'S') return in_.fail("only seconds may have a fraction", in_.offset());
            if (!strict_ && u->seconds == 0)
                return in_.fail("years and months have no fixed length; use weeks, days, hours, minutes, seconds",
                                in_.offset());
            in_.take(u->letter);
            if (!strict_) {
                constexpr std::uint64_t most = std::uint64_t{1} << 63;
                if (!fits || number > most / u->seconds || number * u->seconds > most - total_)
                    return in_.fail("a duration that does not fit", number_at);
                total_ += number * u->seconds;
            }
            any = true;
            from = u + 1;
            if (u->letter == 'M' && end - begin == 4) ++from;  // weeks are not between months and days, but alone
            if (weeks_) return true;
        }
        return true;
    }

    calendar_reader in_;
    bool strict_;
    bool weeks_ = false;
    std::uint64_t total_ = 0;
    std::int32_t nanoseconds_ = 0;
};

constexpr void put_digits(text_sink& to, std::int64_t value, int count) {
    std::int64_t unit = 1;
    for (int i = 1; i < count; ++i) unit *= 10;
    for (; unit != 0; unit /= 10) to.put(static_cast<char>('0' + value / unit % 10));
}

/// `.5`; nothing for 0.
constexpr void put_fraction(text_sink& to, std::int32_t nanoseconds) {
    if (nanoseconds == 0) return;
    to.put('.');
    for (std::int32_t unit = 100'000'000; nanoseconds != 0; unit /= 10) {
        to.put(static_cast<char>('0' + nanoseconds / unit));
        nanoseconds %= unit;
    }
}

constexpr void put_clock(text_sink& to, std::int32_t seconds, std::int32_t nanoseconds) {
    put_digits(to, seconds / 3600, 2);
    to.put(':');
    put_digits(to, seconds / 60 % 60, 2);
    to.put(':');
    put_digits(to, seconds % 60, 2);
    put_fraction(to, nanoseconds);
}

}  // namespace detail

// --- reading. What is read is stored only if nothing is wrong.

/// `full-date` of RFC 3339, such as 2024-02-29: the days since 1970-01-01. Years are 0000 to 9999.
constexpr calendar_problem parse_date(std::string_view text, std::int64_t& days) noexcept {
    detail::calendar_reader in(text);
    std::int64_t read = 0;
    if (in.full_date(read) && in.expect_end("text after the date")) days = read;
    return in.problem;
}

/// `date-time` of RFC 3339, such as 2024-02-29T12:00:00.5+01:00; `t` and `z` may be lower case. A leap second (23:59:60
/// UTC at the end of a month) is read as the second after it. Refused besides what the grammar refuses: more than nine
/// digits of a fraction, and what lies, in UTC, outside the years 0000 to 9999 (so what was read can be printed).
constexpr calendar_problem parse_date_time(std::string_view text, split_seconds& out) noexcept {
    detail::calendar_reader in(text);
    split_seconds read;
    if (in.date_time(read, true) && in.expect_end("text after the date and time")) {
        if (read.seconds < first_calendar_day * 86'400 || read.seconds >= (last_calendar_day + 1) * 86'400)
            return {"a time outside the years 0000 to 9999 in UTC", 0};
        out = read;
    }
    return in.problem;
}

/// `full-time` of RFC 3339, such as 12:00:00.5-08:00. A leap second (23:59:60 UTC) is read as the second after it.
/// More than nine digits of a fraction are refused.
constexpr calendar_problem parse_time(std::string_view text, time_of_day& out) noexcept {
    detail::calendar_reader in(text);
    time_of_day read;
    bool leap = false;
    if (in.full_time(read, leap, true) && in.expect_end("text after the time")) {
        read.seconds %= 86'400;
        out = read;
    }
    return in.problem;
}

/// An ISO 8601 duration of fixed length: [+-]PnW or [+-]PnDTnHnMnS, of which any part may be left out and the seconds may
/// have up to nine decimals. Years and months are refused: they have no fixed length. A day is 24 hours.
constexpr calendar_problem parse_duration(std::string_view text, split_seconds& out) noexcept {
    return detail::duration_reader(text, false).read(out);
}

// --- the grammar alone, which is what JSON Schema's `format` asks for

constexpr calendar_problem check_date(std::string_view text) noexcept {
    std::int64_t days = 0;
    return parse_date(text, days);
}
/// As `parse_date_time`, but any number of decimals and any time that has a four-digit year where it is.
constexpr calendar_problem check_date_time(std::string_view text) noexcept {
    detail::calendar_reader in(text);
    split_seconds ignored;
    if (in.date_time(ignored, false)) in.expect_end("text after the date and time");
    return in.problem;
}
/// As `parse_time`, but any number of decimals.
constexpr calendar_problem check_time(std::string_view text) noexcept {
    detail::calendar_reader in(text);
    time_of_day ignored;
    bool leap = false;
    if (in.full_time(ignored, leap, false)) in.expect_end("text after the time");
    return in.problem;
}
/// `duration` of RFC 3339, appendix A, to the letter: years and months too; no sign, no fraction, and units are left out
/// at the ends only (PT1H0M2S, not PT1H2S).
constexpr calendar_problem check_duration(std::string_view text) noexcept {
    split_seconds ignored;
    return detail::duration_reader(text, true).read(ignored);
}

// --- printing. False, and nothing is written, where the text would need a year beyond 0000 to 9999 or a field is outside
// its range. One value has one text, and reading it gives the value again.

/// `2024-02-29`
constexpr bool put_date(text_sink& to, std::int64_t days) {
    if (days < first_calendar_day || days > last_calendar_day) return false;
    const civil_date date = date_of(days);
    detail::put_digits(to, date.year, 4);
    to.put('-');
    detail::put_digits(to, date.month, 2);
    to.put('-');
    detail::put_digits(to, date.day, 2);
    return true;
}

/// `2024-02-29T12:00:00.5Z`: always in UTC, without trailing zeros.
constexpr bool put_date_time(text_sink& to, const split_seconds& time) {
    constexpr std::int64_t first = first_calendar_day * 86'400;
    if (time.seconds < first || time.nanoseconds < 0 || time.nanoseconds > 999'999'999) return false;
    if (time.seconds >= (last_calendar_day + 1) * 86'400) return false;
    const std::int64_t since_first = time.seconds - first;
    put_date(to, first_calendar_day + since_first / 86'400);
    to.put('T');
    detail::put_clock(to, static_cast<std::int32_t>(since_first % 86'400), time.nanoseconds);
    to.put('Z');
    return true;
}

/// `12:00:00.5Z`, `12:00:00-08:00`: with the offset that it has.
constexpr bool put_time(text_sink& to, const time_of_day& time) {
    if (time.seconds < 0 || time.seconds > 86'399 || time.nanoseconds < 0 || time.nanoseconds > 999'999'999 ||
        time.offset_minutes < -1439 || time.offset_minutes > 1439)
        return false;
    detail::put_clock(to, time.seconds, time.nanoseconds);
    const int minutes = time.offset_minutes < 0 ? -time.offset_minutes : time.offset_minutes;
    if (minutes == 0) {
        to.put('Z');
        return true;
    }
    to.put(time.offset_minutes < 0 ? '-' : '+');
    detail::put_digits(to, minutes / 60, 2);
    to.put(':');
    detail::put_digits(to, minutes % 60, 2);
    return true;
}

/// `PT36H`, `PT1H30M0.5S`, `PT1H0M2S`, `-PT5S`, `PT0S`: hours are the largest unit. What is neither negative nor has a
/// fraction keeps to RFC 3339's grammar.
constexpr bool put_duration(text_sink& to, const split_seconds& span) {
    if (span.nanoseconds < 0 || span.nanoseconds > 999'999'999) return false;
    std::uint64_t whole = static_cast<std::uint64_t>(span.seconds);
    std::int32_t rest = span.nanoseconds;
    if (span.seconds < 0) {
        to.put('-');
        whole = 0 - whole - (rest != 0);
        if (rest != 0) rest = 1'000'000'000 - rest;
    }
    const std::uint64_t hours = whole / 3600;
    const std::uint64_t minutes = whole / 60 % 60;
    const std::uint64_t seconds = whole % 60;
    const bool has_seconds = seconds != 0 || rest != 0;
    to.put("PT");
    if (hours != 0) {
        to.put_natural(hours);
        to.put('H');
    }
    if (minutes != 0 || (hours != 0 && has_seconds)) {
        to.put_natural(minutes);
        to.put('M');
    }
    if (has_seconds || whole == 0) {
        to.put_natural(seconds);
        detail::put_fraction(to, rest);
        to.put('S');
    }
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_CALENDAR_HPP
