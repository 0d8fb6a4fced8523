// SPDX-License-Identifier: BSL-1.0
#include <haft/core/calendar.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>

using haft::calendar_problem;
using haft::split_seconds;
using haft::time_of_day;
using namespace std::string_view_literals;

namespace {

/// A copy exactly as large as the text, so that a sanitizer sees the first byte that is read beyond it.
class exact_text {
public:
    explicit exact_text(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
        if (size_) std::memcpy(bytes_.get(), text.data(), size_);
    }
    std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

template <class Value>
std::string printed(bool (*put)(haft::text_sink&, Value), const std::remove_reference_t<Value>& value) {
    char bytes[haft::most_calendar_bytes]{};
    haft::text_sink counted;
    if (!put(counted, value)) {
        CHECK(counted.size == 0);
        return "nothing";
    }
    REQUIRE(counted.size <= haft::most_calendar_bytes);
    haft::text_sink sink{bytes};
    CHECK(put(sink, value));
    return {bytes, sink.size};
}
std::string date_text(std::int64_t days) { return printed<std::int64_t>(haft::put_date, days); }
std::string time_text(const time_of_day& time) { return printed<const time_of_day&>(haft::put_time, time); }
std::string date_time_text(const split_seconds& t) { return printed<const split_seconds&>(haft::put_date_time, t); }
std::string duration_text(const split_seconds& t) { return printed<const split_seconds&>(haft::put_duration, t); }

std::string text_of(const calendar_problem& problem) {
    return problem.ok() ? "" : std::string(problem.why) + " at " + std::to_string(problem.at);
}

// What a text is read as, printed again; or what is wrong with it, and then nothing may have been stored.

template <class Value>
std::string read_by(calendar_problem (*parse)(std::string_view, Value&) noexcept, std::string (*print)(const Value&),
                    std::string_view text, const Value& untouched) {
    const exact_text exact(text);
    Value value = untouched;
    const calendar_problem problem = parse(exact.view(), value);
    if (problem.ok()) return print(value);
    CHECK(value == untouched);
    CHECK(problem.at <= text.size());
    return text_of(problem);
}
std::string date(std::string_view text) {
    return read_by<std::int64_t>(
        haft::parse_date, [](const std::int64_t& days) { return date_text(days); }, text, 12345);
}
std::string date_time(std::string_view text) {
    return read_by<split_seconds>(haft::parse_date_time, date_time_text, text, {1, 2});
}
std::string time(std::string_view text) { return read_by<time_of_day>(haft::parse_time, time_text, text, {1, 2, 3}); }
std::string duration(std::string_view text) {
    return read_by<split_seconds>(haft::parse_duration, duration_text, text, {1, 2});
}

}  // namespace

TEST_CASE("dates are days since 1970") {
    STATIC_REQUIRE(haft::days_of({1970, 1, 1}) == 0);
    STATIC_REQUIRE(haft::days_of({2000, 3, 1}) == 11017);
    STATIC_REQUIRE(haft::days_of({1969, 12, 31}) == -1);
    STATIC_REQUIRE(haft::days_of({0, 1, 1}) == haft::first_calendar_day);
    STATIC_REQUIRE(haft::days_of({9999, 12, 31}) == haft::last_calendar_day);
    STATIC_REQUIRE(haft::date_of(-719'529) == haft::civil_date{-1, 12, 31});
    STATIC_REQUIRE([] {
        std::int64_t days = 0;
        return haft::parse_date("2024-02-29", days).ok() && days == 19782;
    }());
}

TEST_CASE("each day from 0000 to 9999 is the day after the one before it") {
    haft::civil_date expected{0, 1, 1};
    std::size_t wrong = 0;
    for (std::int64_t days = haft::first_calendar_day; days <= haft::last_calendar_day; ++days) {
        wrong += haft::date_of(days) != expected || haft::days_of(expected) != days;
        const bool leap = expected.year % 400 == 0 ||
                          (expected.year % 4 == 0 && expected.year % 100 != 0);  // as the papal bull has it
        constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        if (expected.day++ < lengths[expected.month - 1] + (leap && expected.month == 2)) continue;
        expected.day = 1;
        if (expected.month++ < 12) continue;
        expected.month = 1;
        ++expected.year;
    }
    CHECK(wrong == 0);
    CHECK(expected == haft::civil_date{10000, 1, 1});
}

TEST_CASE("dates far away come back") {
    std::mt19937_64 random(20240229);
    std::uniform_int_distribution<std::int64_t> any(-300'000'000'000, 300'000'000'000);
    std::size_t wrong = 0;
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t days = any(random);
        const haft::civil_date d = haft::date_of(days);
        wrong += haft::days_of(d) != days || d.month < 1 || d.month > 12 || d.day < 1 ||
                 d.day > haft::days_in_month(d.year, d.month);
    }
    CHECK(wrong == 0);
}

TEST_CASE("the C library and haft agree on points in time") {
    std::mt19937_64 random(1970);
    std::uniform_int_distribution<std::int64_t> any(haft::first_calendar_day * 86'400,
                                                    (haft::last_calendar_day + 1) * 86'400 - 1);
    std::size_t wrong = 0, known = 0;
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t seconds = any(random);
        const auto library = static_cast<std::time_t>(seconds);
        const std::tm* const fields = std::gmtime(&library);
        if (!fields) continue;  // Windows knows 1970 to 3000
        ++known;
        char expected[128];
        std::snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02dZ", fields->tm_year + 1900,
                      fields->tm_mon + 1, fields->tm_mday, fields->tm_hour, fields->tm_min, fields->tm_sec);
        split_seconds read;
        wrong += date_time_text({seconds, 0}) != expected || !haft::parse_date_time(expected, read).ok() ||
                 read.seconds != seconds || read.nanoseconds != 0;
    }
    CHECK(wrong == 0);
    CHECK(known > 5'000);
}

TEST_CASE("points in time come back from their text, and one value has one text") {
    std::mt19937_64 random(42);
    std::uniform_int_distribution<std::int64_t> seconds(haft::first_calendar_day * 86'400,
                                                        (haft::last_calendar_day + 1) * 86'400 - 1);
    std::uniform_int_distribution<std::int32_t> nanoseconds(0, 999'999'999);
    constexpr std::int32_t units[] = {1, 10, 1'000, 1'000'000, 100'000'000, 1'000'000'000};
    std::size_t wrong = 0;
    for (int i = 0; i < 100'000; ++i) {
        const std::int32_t unit = units[random() % 6];
        const split_seconds time{seconds(random), nanoseconds(random) / unit * unit};
        const std::string text = date_time_text(time);
        split_seconds read;
        wrong += !haft::parse_date_time(text, read).ok() || read != time || !haft::check_date_time(text).ok() ||
                 text.find("0Z", 19) != std::string::npos;
    }
    CHECK(wrong == 0);
}

TEST_CASE("an offset says how far the clock is ahead of UTC") {
    CHECK(date_time("1970-01-01T00:00:00+00:00") == "1970-01-01T00:00:00Z");
    CHECK(date_time("1970-01-01T00:00:00-00:00") == "1970-01-01T00:00:00Z");
    CHECK(date_time("2024-03-01T00:30:00+01:00") == "2024-02-29T23:30:00Z");
    CHECK(date_time("2023-12-31T16:20:50.520-08:00") == "2024-01-01T00:20:50.52Z");
    CHECK(date_time("2023-12-31t16:20:50.000000001z") == "2023-12-31T16:20:50.000000001Z");
    CHECK(date_time("2024-01-01T00:00:00+23:59") == "2023-12-31T00:01:00Z");
    CHECK(date_time("1969-12-31T23:59:59.5Z") == "1969-12-31T23:59:59.5Z");
}

TEST_CASE("random offsets move the clock, never the point in time") {
    std::mt19937_64 random(7);
    std::size_t wrong = 0;
    for (int i = 0; i < 20'000; ++i) {
        const auto seconds = static_cast<std::int64_t>(random() % 200'000'000'000) - 50'000'000'000;
        const int offset = static_cast<int>(random() % 2879) - 1439;
        std::string text = date_time_text({seconds + offset * 60, 0});
        text.back() = offset < 0 ? '-' : '+';
        const int minutes = offset < 0 ? -offset : offset;
        char zone[32];
        std::snprintf(zone, sizeof zone, "%02d:%02d", minutes / 60, minutes % 60);
        text += zone;
        split_seconds read;
        wrong += !haft::parse_date_time(text, read).ok() || read != split_seconds{seconds, 0};
    }
    CHECK(wrong == 0);
}

TEST_CASE("a leap second is the second after it, and only where there can be one", "[fault-40]") {
    CHECK(date_time("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00Z");
    CHECK(date_time("2016-12-31T23:59:60.25Z") == "2017-01-01T00:00:00.25Z");
    CHECK(date_time("2015-07-01T01:59:60+02:00") == "2015-07-01T00:00:00Z");
    CHECK(date_time("2015-06-30T16:29:60-07:30") == "2015-07-01T00:00:00Z");
    CHECK(date_time("2016-12-30T23:59:60Z") == "a 60th second exists only at the end of a month, in UTC at 17");
    CHECK(date_time("2016-12-31T23:59:60+01:00") == "a 60th second exists only at 23:59:60 UTC at 17");
    CHECK(date_time("2016-12-31T23:58:60Z") == "a 60th second exists only at 23:59:60 UTC at 17");
    CHECK(date_time("0000-01-01T00:59:60+01:00") == "0000-01-01T00:00:00Z");
    CHECK(date_time("9999-12-31T23:59:60Z") == "a time outside the years 0000 to 9999 in UTC at 0");
    CHECK(time("23:59:60Z") == "00:00:00Z");
    CHECK(time("01:29:60.5+01:30") == "01:30:00.5+01:30");
    CHECK(time("00:00:60Z") == "a 60th second exists only at 23:59:60 UTC at 6");
}

TEST_CASE("a date that is none is refused, with reason and place", "[fault-40]") {
    CHECK(date("") == "expected a year of four digits at 0");
    CHECK(date("24-02-29") == "expected a year of four digits at 2");
    CHECK(date("-024-02-29") == "expected a year of four digits at 0");
    CHECK(date("2024") == "expected '-' after the year at 4");
    CHECK(date("2024-00-29") == "expected a month from 01 to 12 at 5");
    CHECK(date("2024-13-29") == "expected a month from 01 to 12 at 5");
    CHECK(date("2024-2-29") == "expected a month from 01 to 12 at 6");
    CHECK(date("2024-02/29") == "expected '-' after the month at 7");
    CHECK(date("2024-02-00") == "expected a day from 01 to 31 at 8");
    CHECK(date("2024-02-32") == "expected a day from 01 to 31 at 8");
    CHECK(date("2024-02-30") == "the month does not have that day at 8");
    CHECK(date("2023-02-29") == "the month does not have that day at 8");
    CHECK(date("1900-02-29") == "the month does not have that day at 8");
    CHECK(date("2024-02-29T") == "text after the date at 10");
    CHECK(date("2024-02-29\0"sv) == "text after the date at 10");
    CHECK(date("0000-01-01") == "0000-01-01");
    CHECK(date("9999-12-31") == "9999-12-31");
    CHECK(date("2000-02-29") == "2000-02-29");
}

TEST_CASE("a time that is none is refused, with reason and place", "[fault-40]") {
    CHECK(date_time("2024-02-29") == "expected 'T' between date and time at 10");
    CHECK(date_time("2024-02-29 12:00:00Z") == "expected 'T' between date and time at 10");
    CHECK(date_time("2024-02-30T12:00:00Z") == "the month does not have that day at 8");
    CHECK(date_time("2024-02-29T24:00:00Z") == "expected an hour from 00 to 23 at 11");
    CHECK(date_time("2024-02-29T12.00:00Z") == "expected ':' after the hour at 13");
    CHECK(date_time("2024-02-29T12:60:00Z") == "expected a minute from 00 to 59 at 14");
    CHECK(date_time("2024-02-29T12:00Z") == "expected ':' after the minute at 16");
    CHECK(date_time("2024-02-29T12:00:61Z") == "expected a second from 00 to 59 at 17");
    CHECK(date_time("2024-02-29T12:00:00.Z") == "expected digits after the decimal point at 20");
    CHECK(date_time("2024-02-29T12:00:00,5Z") == "expected 'Z' or an offset such as +02:00 at 19");
    CHECK(date_time("2024-02-29T12:00:00.1234567890Z") == "more than nine digits in the fraction of a second at 29");
    CHECK(date_time("2024-02-29T12:00:00") == "expected 'Z' or an offset such as +02:00 at 19");
    CHECK(date_time("2024-02-29T12:00:00+24:00") == "expected the hours of the offset, from 00 to 23 at 20");
    CHECK(date_time("2024-02-29T12:00:00+0100") == "expected ':' after the hours of the offset at 22");
    CHECK(date_time("2024-02-29T12:00:00+01:60") == "expected the minutes of the offset, from 00 to 59 at 23");
    CHECK(date_time("2024-02-29T12:00:00ZZ") == "text after the date and time at 20");
    CHECK(date_time("0000-01-01T00:00:00+00:01") == "a time outside the years 0000 to 9999 in UTC at 0");
    CHECK(date_time("9999-12-31T23:59:59-00:01") == "a time outside the years 0000 to 9999 in UTC at 0");
    CHECK(time("12:00:00") == "expected 'Z' or an offset such as +02:00 at 8");
    CHECK(time("12:00:00Z ") == "text after the time at 9");
    CHECK(time("1:00:00Z") == "expected an hour from 00 to 23 at 1");
}

TEST_CASE("a text cut at any byte is refused", "[fault-40]") {
    constexpr std::string_view whole = "2024-02-29T12:34:56.5+01:00";
    for (std::size_t n = 0; n < whole.size(); ++n) CHECK(!date_time(whole.substr(0, n)).starts_with("2024"));
    constexpr std::string_view span = "-PT1H2M3.5S";
    for (std::size_t n = 0; n < span.size(); ++n)
        CHECK((n == 5 || n == 7) == duration(span.substr(0, n)).starts_with("-P"));  // -PT1H and -PT1H2M are whole
}

TEST_CASE("the grammar alone takes what the values can't hold") {
    CHECK(haft::check_date_time("2024-02-29T12:00:00.123456789012345Z").ok());
    CHECK(haft::check_date_time("0000-01-01T00:00:00+00:01").ok());
    CHECK(haft::check_date_time("9999-12-31T23:59:60Z").ok());
    CHECK(haft::check_time("12:00:00.1234567890Z").ok());
    CHECK(haft::check_duration("P1Y2M3DT4H5M6S").ok());
    CHECK(haft::check_duration("P99999999999999999999W").ok());
    CHECK(text_of(haft::check_duration("PT1H2S")) == "a unit is left out in the middle at 5");
    CHECK(text_of(haft::check_duration("-PT1H")) == "a duration begins with 'P', such as PT1H30M at 0");
    CHECK(text_of(haft::check_duration("PT0.5S")) == "expected a unit: H, M or S, each once and in this order at 3");
}

TEST_CASE("a time of day keeps its offset") {
    CHECK(time("12:00:00.500-08:00") == "12:00:00.5-08:00");
    CHECK(time("23:59:59z") == "23:59:59Z");
    CHECK(time("00:00:00+23:59") == "00:00:00+23:59");
    time_of_day read;
    CHECK(haft::parse_time("01:02:03.000000004-05:30", read).ok());
    CHECK(read == time_of_day{3723, 4, -330});
}

TEST_CASE("random times of day come back from their text") {
    std::mt19937_64 random(11);
    std::size_t wrong = 0;
    for (int i = 0; i < 20'000; ++i) {
        const time_of_day value{static_cast<std::int32_t>(random() % 86'400),
                                static_cast<std::int32_t>(random() % 1'000'000'000),
                                static_cast<std::int16_t>(static_cast<int>(random() % 2879) - 1439)};
        time_of_day read;
        wrong += !haft::parse_time(time_text(value), read).ok() || read != value;
    }
    CHECK(wrong == 0);
}

TEST_CASE("a duration has units of fixed length") {
    CHECK(duration("PT0S") == "PT0S");
    CHECK(duration("-PT0S") == "PT0S");
    CHECK(duration("P0D") == "PT0S");
    CHECK(duration("PT5S") == "PT5S");
    CHECK(duration("-PT5S") == "-PT5S");
    CHECK(duration("+PT5S") == "PT5S");
    CHECK(duration("PT90M0.500S") == "PT1H30M0.5S");
    CHECK(duration("P1DT12H") == "PT36H");
    CHECK(duration("P2W") == "PT336H");
    CHECK(duration("PT1H2S") == "PT1H0M2S");
    CHECK(duration("PT3600.000000001S") == "PT1H0M0.000000001S");
    CHECK(duration("PT60S") == "PT1M");
    CHECK(duration("-PT0.25S") == "-PT0.25S");
    CHECK(duration("PT0.0S") == "PT0S");
    CHECK(duration("PT007S") == "PT7S");
    split_seconds read;
    CHECK(haft::parse_duration("-PT0.25S", read).ok());
    CHECK(read == split_seconds{-1, 750'000'000});
}

TEST_CASE("a duration that is none is refused, with reason and place", "[fault-40]") {
    CHECK(duration("") == "a duration begins with 'P', such as PT1H30M at 0");
    CHECK(duration("5") == "a duration begins with 'P', such as PT1H30M at 0");
    CHECK(duration("--PT1S") == "a duration begins with 'P', such as PT1H30M at 1");
    CHECK(duration("-+PT1S") == "a duration begins with 'P', such as PT1H30M at 1");
    CHECK(duration("P") == "expected a number and a unit, or 'T' at 1");
    CHECK(duration("PT") == "expected a number and H, M or S after 'T' at 2");
    CHECK(duration("P1DT") == "expected a number and H, M or S after 'T' at 4");
    CHECK(duration("P1") == "expected a unit: Y, M, W or D, each once and in this order at 2");
    CHECK(duration("PT1D") == "expected a unit: H, M or S, each once and in this order at 3");
    CHECK(duration("PT1S1M") == "expected a unit: H, M or S, each once and in this order at 5");
    CHECK(duration("PT1S1S") == "expected a unit: H, M or S, each once and in this order at 5");
    CHECK(duration("P1W1D") == "text after the duration at 3");
    CHECK(duration("P1WT1H") == "text after the duration at 3");
    CHECK(haft::check_duration("P1Y1W").why == "weeks stand alone"sv);
    CHECK(duration("P1Y") == "years and months have no fixed length; use weeks, days, hours, minutes, seconds at 2");
    CHECK(duration("P0M") == "years and months have no fixed length; use weeks, days, hours, minutes, seconds at 2");
    CHECK(duration("PT0.5H") == "only seconds may have a fraction at 5");
    CHECK(duration("PT0,5S") == "expected a unit: H, M or S, each once and in this order at 3");
    CHECK(duration("PT.5S") == "expected a number and H, M or S after 'T' at 2");
    CHECK(duration("PT1.S") == "expected digits after the decimal point at 4");
    CHECK(duration("PT0.0000000001S") == "more than nine digits in the fraction of a second at 13");
    CHECK(duration("PT1S ") == "text after the duration at 4");
    CHECK(duration("pt1s") == "a duration begins with 'P', such as PT1H30M at 0");
}

TEST_CASE("a duration that does not fit is refused, the last one that fits is not", "[fault-40]") {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    CHECK(duration_text({most, 999'999'999}) == "PT2562047788015215H30M7.999999999S");
    CHECK(duration_text({least, 0}) == "-PT2562047788015215H30M8S");
    CHECK(duration_text({least, 1}) == "-PT2562047788015215H30M7.999999999S");
    for (const std::string_view text : {"PT2562047788015215H30M7.999999999S"sv, "-PT2562047788015215H30M8S"sv,
                                        "-PT2562047788015215H30M7.999999999S"sv})
        CHECK(duration(text) == text);
    CHECK(duration("PT9223372036854775807S") == "PT2562047788015215H30M7S");
    CHECK(duration("PT9223372036854775808S") == "a duration that does not fit at 0");
    CHECK(duration("-PT9223372036854775808.5S") == "a duration that does not fit at 0");
    CHECK(duration("-PT9223372036854775809S") == "a duration that does not fit at 3");
    CHECK(duration("PT18446744073709551617S") == "a duration that does not fit at 2");
    CHECK(duration("P15250284452472W") == "a duration that does not fit at 1");
    CHECK(duration("P106751991167300DT15H30M7S") == "PT2562047788015215H30M7S");
    CHECK(duration("P106751991167300DT15H30M9S") == "a duration that does not fit at 24");
}

TEST_CASE("random durations come back from their text") {
    std::mt19937_64 random(99);
    std::size_t wrong = 0;
    for (int i = 0; i < 100'000; ++i) {
        const auto bits = static_cast<unsigned>(random() % 64);
        const split_seconds span{static_cast<std::int64_t>(random()) >> bits,
                                 random() % 2 ? 0 : static_cast<std::int32_t>(random() % 1'000'000'000)};
        const std::string text = duration_text(span);
        split_seconds read;
        wrong += !haft::parse_duration(text, read).ok() || read != span;
        // Without sign and fraction the text is one of RFC 3339 too.
        wrong += span.seconds >= 0 && span.nanoseconds == 0 && !haft::check_duration(text).ok();
    }
    CHECK(wrong == 0);
}

TEST_CASE("what has no text is not printed") {
    CHECK(date_text(haft::first_calendar_day - 1) == "nothing");
    CHECK(date_text(haft::last_calendar_day + 1) == "nothing");
    CHECK(date_text(std::numeric_limits<std::int64_t>::min()) == "nothing");
    CHECK(date_time_text({haft::first_calendar_day * 86'400 - 1, 999'999'999}) == "nothing");
    CHECK(date_time_text({(haft::last_calendar_day + 1) * 86'400, 0}) == "nothing");
    CHECK(date_time_text({(haft::last_calendar_day + 1) * 86'400 - 1, 999'999'999}) ==
          "9999-12-31T23:59:59.999999999Z");
    CHECK(date_time_text({0, -1}) == "nothing");
    CHECK(date_time_text({0, 1'000'000'000}) == "nothing");
    CHECK(duration_text({0, -1}) == "nothing");
    CHECK(duration_text({0, 1'000'000'000}) == "nothing");
    CHECK(time_text({86'400, 0, 0}) == "nothing");
    CHECK(time_text({-1, 0, 0}) == "nothing");
    CHECK(time_text({0, 1'000'000'000, 0}) == "nothing");
    CHECK(time_text({0, 0, 1440}) == "nothing");
    CHECK(time_text({0, 0, -1440}) == "nothing");
}
