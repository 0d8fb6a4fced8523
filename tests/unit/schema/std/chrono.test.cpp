// SPDX-License-Identifier: BSL-1.0
// Durations, points in time and dates. (The grammar itself: tests/unit/core/calendar.test.cpp.)
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/chrono.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <ratio>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <unit/schema/through.hpp>

namespace chrono_test {

using namespace std::chrono;

template <class D>
using point = time_point<system_clock, D>;

struct defaults {
    seconds wait{90};
    milliseconds step{250};
    duration<double> real{0.5};
    point<seconds> at{seconds{1}};
    sys_days day{days{1}};
    year_month_day date{year{2026}, month{11}, std::chrono::day{21}};
    year_month_day none{};  // as date{} is, so there is no default that could be seen
};
using picoseconds = duration<std::int64_t, std::pico>;
using frames = duration<int, std::ratio<1, 60>>;

constexpr std::string_view whole_duration =
    "^P([0-9]+[WD]|([0-9]+D)?T([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S))$";

}  // namespace chrono_test

using namespace chrono_test;
using namespace haft_test;

TEST_CASE("a duration of whole seconds or more is of the format duration", "[TD-05][fault-40]") {
    STATIC_REQUIRE(member_schema<seconds> ==
                   "{\"type\":\"string\",\"pattern\":\"" + std::string(whole_duration) + "\",\"format\":\"duration\"}");
    STATIC_REQUIRE(member_schema<hours> == member_schema<seconds>);
    STATIC_REQUIRE(requires_v(schema_in<one<seconds>>));
    check_rows<seconds>({{"\"PT0S\""},
                         {"\"PT1H30M\""},
                         {"\"PT90S\"", "\"PT1M30S\""},
                         {"\"P1D\"", "\"PT24H\""},
                         {"\"P2W\"", "\"PT336H\""},
                         {"\"PT1H\\u0032M\"", "\"PT1H2M\""},
                         {"\"\"",
                          ": expected duration such as PT1H30M, got string \"\": a duration begins with 'P', such as "
                          "PT1H30M at byte 0 [haft-E0220]"},
                         {"90", ": expected duration such as PT1H30M, got number 90 [haft-E0202]"}});
    check_rows<hours>({{"\"PT25H\""},
                       {"\"PT90M\"",
                        ": expected duration such as PT1H30M, got string \"PT90M\": it is finer than the parameter can "
                        "hold [haft-E0220]"}});
    check_rows<duration<std::int8_t>>(
        {{"\"PT2M7S\""},
         {"\"PT128S\"",
          ": expected duration such as PT1H30M, got string \"PT128S\": it is beyond what the parameter can hold "
          "[haft-E0220]"}});
    for (const std::string_view bad : {"PT1.5S", "-PT1S", "P1M", "P", "PT", "1h", "PT1S ", "pt1s"}) {
        CAPTURE(bad);
        const auto got = read_one<seconds>("\"" + std::string(bad) + "\"");
        REQUIRE(got.faults.size() == 1);
        CHECK(got.faults[0].code == haft::errc::bad_text);
    }
    CHECK(written(seconds{-1}) ==
          "not written: a value that is no duration such as PT1H30M: a negative duration has no text of this format");
    CHECK(read_one<seconds>("\"PT9223372036854775807S\"").value.v == (seconds::max)());
    CHECK(written((seconds::max)()) == "\"PT2562047788015215H30M7S\"");
}

TEST_CASE("finer durations and real ones have fractions and signs", "[TD-05][fault-40]") {
    STATIC_REQUIRE(member_schema<milliseconds> == R"({"type":"string","pattern":"^[+-]?P[0-9DTHMSW.]+$"})");
    STATIC_REQUIRE(member_schema<duration<double>> == member_schema<milliseconds>);
    check_rows<milliseconds>({{"\"PT0.25S\""},
                              {"\"-PT1H0M0.001S\""},
                              {"\"PT0.0005S\"",
                               ": expected duration such as PT1H30M or PT0.25S, got string \"PT0.0005S\": it is finer "
                               "than the parameter can "
                               "hold [haft-E0220]"}});
    check_rows<nanoseconds>({{"\"PT0.000000001S\""},
                             {"\"PT9223372037S\"",
                              ": expected duration such as PT1H30M or PT0.25S, got string \"PT9223372037S\": it is "
                              "beyond what the parameter "
                              "can hold [haft-E0220]"}});
    check_rows<duration<double>>({{"\"PT0.25S\""}, {"\"-PT1M\""}});
    CHECK(read_one<duration<float, std::milli>>("\"PT1.5S\"").value.v.count() == 1500.0f);
    CHECK(written(nanoseconds{(nanoseconds::min)()}) == "\"-PT2562047H47M16.854775808S\"");
    CHECK(written(duration<double>{std::numeric_limits<double>::infinity()}) ==
          "not written: a value that is no duration such as PT1H30M or PT0.25S: it is beyond what a text can say");
}

TEST_CASE("durations of strange units neither overflow nor lose anything unseen", "[fault-40]") {
    CHECK(read_one<picoseconds>("\"PT1S\"").value.v.count() == 1'000'000'000'000);
    const auto far = read_one<picoseconds>("\"PT9223372036854775807S\"");
    REQUIRE(far.faults.size() == 1);
    CHECK(far.faults[0].message.ends_with("it is beyond what the parameter can hold"));
    CHECK(written(picoseconds{1'000}) == "\"PT0.000000001S\"");
    CHECK(written(frames{30}) == "\"PT0.5S\"");
    CHECK(read_one<frames>("\"PT0.5S\"").value.v.count() == 30);
    using ages = duration<std::int64_t, std::ratio<1'000'000'000'000'000>>;
    CHECK(written(ages{9'000}) == "\"PT2500000000000000H\"");
    CHECK(written((ages::max)()) ==
          "not written: a value that is no duration such as PT1H30M: it is beyond what a text can say");
}

TEST_CASE("a point in time is a date and time in UTC", "[TD-05][fault-40]") {
    STATIC_REQUIRE(member_schema<point<seconds>> == R"({"type":"string","format":"date-time"})");
    check_rows<point<seconds>>(
        {{"\"2026-11-21T08:00:00Z\""},
         {"\"2026-11-21T08:00:00+02:00\"", "\"2026-11-21T06:00:00Z\""},
         {"\"1969-12-31T23:59:59Z\""},
         {"\"2026-11-21t08:00:00z\"", "\"2026-11-21T08:00:00Z\""},
         {"\"2026-11-21T08:00:00.5Z\"",
          ": expected date and time such as 2026-11-21T08:00:00Z, got string \"2026-11-21T08:00:00.5Z\": it is finer "
          "than "
          "the parameter can hold [haft-E0220]"},
         {"1", ": expected date and time such as 2026-11-21T08:00:00Z, got number 1 [haft-E0202]"}});
    check_rows<system_clock::time_point>({{"\"2026-11-21T08:00:00.5Z\""}, {"\"1969-12-31T23:59:59.999Z\""}});
    check_rows<point<minutes>>({{"\"2026-11-21T08:01:00Z\""}});
    for (const std::string_view bad :
         {"2026-11-21", "2026-11-21T08:00:00", "2026-13-21T08:00:00Z", "2025-02-29T08:00:00Z", "2026-11-21T24:00:00Z",
          "2026-11-21 08:00:00Z", "0000-01-01T00:00:00+01:00", ""}) {
        CAPTURE(bad);
        const auto got = read_one<point<seconds>>("\"" + std::string(bad) + "\"");
        REQUIRE(got.faults.size() == 1);
        CHECK(got.faults[0].code == haft::errc::bad_text);
    }
    CHECK(read_one<point<nanoseconds>>("\"2263-01-01T00:00:00Z\"").faults.size() == 1);
    CHECK(
        written(point<hours>{hours{24 * 366 * 9000}}) ==
        "not written: a value that is no date and time such as 2026-11-21T08:00:00Z: it is in no year of four digits");
}

TEST_CASE("days and calendar dates are dates", "[TD-05][fault-40]") {
    STATIC_REQUIRE(member_schema<sys_days> == R"({"type":"string","format":"date"})");
    STATIC_REQUIRE(member_schema<year_month_day> == member_schema<sys_days>);
    const auto bad = [](std::string_view text, std::string_view why) {
        return ": expected date such as 2026-11-21, got string \"" + std::string(text) + "\": " + std::string(why) +
               " [haft-E0220]";
    };
    const std::string no_day = bad("2025-02-29", "the month does not have that day at byte 8");
    check_rows<sys_days>(
        {{"\"2026-11-21\""}, {"\"0000-01-01\""}, {"\"9999-12-31\""}, {"\"1969-12-31\""}, {"\"2025-02-29\"", no_day}});
    check_rows<year_month_day>({{"\"2024-02-29\""}, {"\"0000-01-01\""}, {"\"2025-02-29\"", no_day}});
    CHECK(read_one<sys_days>("\"1970-01-02\"").value.v.time_since_epoch() == days{1});
    CHECK(written(year_month_day{year{2025}, month{2}, day{30}}) ==
          "not written: a value that is no date such as 2026-11-21: there is no such day in a year of four digits");
    CHECK(written(year_month_day{year{12345}, month{1}, day{1}}) ==
          "not written: a value that is no date such as 2026-11-21: there is no such day in a year of four digits");
}

TEST_CASE("durations, times and dates have their defaults in the schema", "[TD-18]") {
    STATIC_REQUIRE(
        schema_in<defaults> ==
        R"({"type":"object","properties":{)"
        R"("wait":{"type":"string","pattern":")" +
            std::string(whole_duration) +
            R"(","format":"duration","default":"PT1M30S"},)"
            R"("step":{"type":"string","pattern":"^[+-]?P[0-9DTHMSW.]+$","default":"PT0.25S"},)"
            R"("real":{"type":"string","pattern":"^[+-]?P[0-9DTHMSW.]+$","default":"PT0.5S"},)"
            R"("at":{"type":"string","format":"date-time","default":"1970-01-01T00:00:01Z"},)"
            R"("day":{"type":"string","format":"date","default":"1970-01-02"},)"
            R"("date":{"type":"string","format":"date","default":"2026-11-21"},)"
            R"("none":{"type":"string","format":"date"}},"required":["none"],"additionalProperties":false})");
    CHECK(through(haft::schema::type_of<defaults>, R"({"none":"2000-01-01"})") ==
          R"({"wait":"PT1M30S","step":"PT0.25S","real":"PT0.5S","at":"1970-01-01T00:00:01Z","day":"1970-01-02",)"
          R"("date":"2026-11-21","none":"2000-01-01"})");
}

TEST_CASE("the pattern of whole durations lets through what is read, and nothing that is always refused", "[TD-05]") {
    const std::regex pattern{std::string(whole_duration)};
    for (const std::string text :
         {"P1W", "P3D", "PT1H", "PT1M", "PT1S", "PT1H2M", "PT2M3S", "PT1H0M3S", "P1DT2H", "P1DT5S", "PT0S"}) {
        CAPTURE(text);
        CHECK(std::regex_match(text, pattern));
        CHECK(read_one<seconds>("\"" + text + "\"").text() == "");
    }
    for (const std::string text :
         {"P1M", "P1Y", "P1Y2D", "P", "PT", "P1DT", "PT1H3S", "P1WT1H", "P1W1D", "PT1.5S", "-PT1S", "1", "pt1s"}) {
        CAPTURE(text);
        CHECK_FALSE(std::regex_match(text, pattern));
        CHECK(read_one<seconds>("\"" + text + "\"").text() != "");
    }
}
