// SPDX-License-Identifier: BSL-1.0
// bool, the numbers and the enums. (Values and refusals of the common ones: tests/unit/json/reader.test.cpp.)
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <unit/schema/through.hpp>

namespace scalar_test {

enum class described : std::uint16_t { low = 1, high = 40000 };
BOOST_DESCRIBE_ENUM(described, low, high)
enum class scanned : signed char { minus = -1, zero, last = 127 };
enum class flag : bool { off, on };
enum class cabin { economy, premium, first };
enum loose { one_way, round_trip };
enum class wide : std::uint64_t { small, large = ~std::uint64_t{0} };
BOOST_DESCRIBE_ENUM(wide, small, large)

template <class T>
struct initialised {
    T v = T{1};
};
struct defaults {
    long double precise = 0.1L;
    float single = 0.1f;
    cabin where = cabin::premium;
    loose way = round_trip;
    flag on = flag::on;
};

}  // namespace scalar_test

template <>
inline constexpr std::array haft::enum_names<scalar_test::cabin>{
    haft::named{scalar_test::cabin::premium, "Premium \"Economy\""}};
template <>
inline constexpr std::array haft::enum_names<scalar_test::loose>{haft::named{scalar_test::one_way, "one-way"},
                                                                 haft::named{scalar_test::round_trip, "round trip"}};

using namespace scalar_test;
using namespace haft_test;

TEMPLATE_TEST_CASE("every integer takes its whole range, and nothing beyond", "[TD-05][TD-14]", signed char,
                   unsigned char, short, unsigned short, int, unsigned, long, unsigned long, long long,
                   unsigned long long) {
    using limits = std::numeric_limits<TestType>;
    const std::string low = std::to_string(limits::min()), high = std::to_string(limits::max());
    const auto beyond = [](std::string digits) {  // one more, by its text
        digits.back() = static_cast<char>(digits.back() + 1);
        return digits;
    };
    const std::string range = ": expected integer from " + low + " to " + high + ", got number ";
    const std::string above = range + beyond(high) + " [haft-E0205]";
    const std::string below = range + (low == "0" ? "-1" : beyond(low)) + " [haft-E0205]";
    check_rows<TestType>({{"0"},
                          {"7"},
                          {low},
                          {high},
                          {"1e1", "10"},
                          {"12.0", "12"},
                          {beyond(high), above},
                          {low == "0" ? "-1" : beyond(low), below}});
    CHECK(through(haft::schema::type_of<initialised<TestType>>, "{}") == R"({"v":1})");
    STATIC_REQUIRE(!requires_v(schema_in<initialised<TestType>>));
    STATIC_REQUIRE(requires_v(schema_in<one<TestType>>));
    STATIC_REQUIRE(requires_v(schema_out<initialised<TestType>>));
}

TEST_CASE("only narrow and unsigned integers have their limits in the schema", "[TD-05]") {
    STATIC_REQUIRE(member_schema<std::int8_t> == R"({"type":"integer","minimum":-128,"maximum":127})");
    STATIC_REQUIRE(member_schema<std::uint8_t> == R"({"type":"integer","minimum":0,"maximum":255})");
    STATIC_REQUIRE(member_schema<std::int16_t> == R"({"type":"integer","minimum":-32768,"maximum":32767})");
    STATIC_REQUIRE(member_schema<std::uint16_t> == R"({"type":"integer","minimum":0,"maximum":65535})");
    STATIC_REQUIRE(member_schema<std::int32_t> == R"({"type":"integer"})");
    STATIC_REQUIRE(member_schema<std::uint32_t> == R"({"type":"integer","minimum":0,"maximum":4294967295})");
    STATIC_REQUIRE(member_schema<std::int64_t> == R"({"type":"integer"})");
    STATIC_REQUIRE(member_schema<std::uint64_t> == R"({"type":"integer","minimum":0})");
    STATIC_REQUIRE(member_schema<bool> == R"({"type":"boolean"})");
}

TEMPLATE_TEST_CASE("floating-point numbers are numbers", "[TD-05]", float, double, long double) {
    STATIC_REQUIRE(member_schema<TestType> == R"({"type":"number"})");
    STATIC_REQUIRE(requires_v(schema_in<one<TestType>>));
    check_rows<TestType>({{"0.5"},
                          {"-2"},
                          {"1e3", "1000"},
                          {"-0.0"},
                          {"\"1\"", ": expected number, got string \"1\" [haft-E0202]"},
                          {"null", ": expected number, got null [haft-E0202]"}});
    CHECK(through(haft::schema::type_of<initialised<TestType>>, "{}") == R"({"v":1})");
    for (const auto bad : {std::numeric_limits<TestType>::infinity(), std::numeric_limits<TestType>::quiet_NaN()})
        CHECK(written(bad) == "not written: a number that is infinite or not a number");
}

TEST_CASE("a number too large for its type is refused with the type's range", "[TD-14]") {
    check_rows<float>({{"1e39",
                        ": expected number from -3.4028234663852886e+38 to "
                        "3.4028234663852886e+38, got number 1e39 [haft-E0205]"}});
    check_rows<long double>(
        {{"1e400",
          ": expected number from -1.7976931348623157e+308 to 1.7976931348623157e+308, got number 1e400 "
          "[haft-E0205]"}});
    if (std::numeric_limits<long double>::max_exponent > 1024)
        CHECK(written(1e300L * 1e300L) == "not written: a value that is no number: it is beyond the range of double");
}

TEST_CASE("an enum is one of its names, however these are known", "[TD-05][TD-17]") {
    STATIC_REQUIRE(member_schema<described> == R"({"type":"string","enum":["low","high"]})");
    STATIC_REQUIRE(member_schema<scanned> == R"({"type":"string","enum":["minus","zero","last"]})");
    STATIC_REQUIRE(member_schema<flag> == R"({"type":"string","enum":["off","on"]})");
    STATIC_REQUIRE(member_schema<cabin> == R"({"type":"string","enum":["economy","Premium \"Economy\"","first"]})");
    STATIC_REQUIRE(member_schema<loose> == R"({"type":"string","enum":["one-way","round trip"]})");
    check_rows<described>({{"\"low\""}, {"\"high\""}});
    check_rows<scanned>({{"\"minus\""}, {"\"zero\""}, {"\"last\""}});
    check_rows<flag>({{"\"off\""}, {"\"on\""}});
    check_rows<loose>({{"\"one-way\""}, {"\"round trip\""}});
    check_rows<wide>({{"\"small\""}, {"\"large\""}});
    check_rows<cabin>(
        {{"\"economy\""},
         {R"("Premium \"Economy\"")"},
         {"\"\\u0065conomy\"", "\"economy\""},
         {"\"premium\"",
          ": expected one of \"economy\", \"Premium \\\"Economy\\\"\", \"first\", got \"premium\" [haft-E0207]"},
         {"\"Economy\"",
          ": expected one of \"economy\", \"Premium \\\"Economy\\\"\", \"first\", got \"Economy\"; did you mean "
          "\"economy\"? [haft-E0207]"},
         {"1", ": expected one of \"economy\", \"Premium \\\"Economy\\\"\", \"first\", got number 1 [haft-E0207]"}});
    CHECK(written(static_cast<cabin>(9)) == "not written: an enum value that has no name");
    CHECK(read_one<scanned>("\"minus\"").value.v == scanned::minus);
    CHECK(read_one<wide>("\"large\"").value.v == wide::large);
}

TEST_CASE("numbers and enums have their defaults in the schema", "[TD-18]") {
    STATIC_REQUIRE(schema_in<defaults> ==
                   R"({"type":"object","properties":{"precise":{"type":"number","default":0.1},)"
                   R"("single":{"type":"number","default":0.1},)"
                   R"("where":{"type":"string","enum":["economy","Premium \"Economy\"","first"],)"
                   R"("default":"Premium \"Economy\""},)"
                   R"("way":{"type":"string","enum":["one-way","round trip"],"default":"round trip"},)"
                   R"("on":{"type":"string","enum":["off","on"],"default":"on"}},"additionalProperties":false})");
    CHECK(through(haft::schema::type_of<defaults>, "{}") ==
          R"({"precise":0.1,"single":0.1,"where":"Premium \"Economy\"","way":"round trip","on":"on"})");
}
