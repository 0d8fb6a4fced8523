// SPDX-License-Identifier: BSL-1.0
// What the reader accepts and refuses, value by value (shared/faults.md A).
#include <haft/json/reader.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <unit/json/read.hpp>

namespace reader_test {

enum class order : unsigned char { ascending, descending, by_name = 200 };
BOOST_DESCRIBE_ENUM(order, ascending, descending, by_name)

struct leg {
    std::string to;
    int km;
    static constexpr std::array haft_fields{haft::field{"km", "", haft::minimum(0)}};
};
struct trip {
    std::string name;
    std::vector<leg> legs;
    order sort;
    int n = 1;
};

struct defaults {
    int i = 7;
    std::string s = "kept";
    std::optional<int> o;
    std::optional<int> p = 4;
    std::vector<int> l = {1, 2};
    leg inner = {"home", 3};
};

struct required_optional {
    std::optional<int> v;
    std::optional<std::optional<int>> w;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::required}, haft::field{"w", "", haft::required}};
};

}  // namespace reader_test

using namespace reader_test;
using namespace haft_test;

namespace {

/// A JSON value for a member `v` of type V, and the fault that it is; "" if it is accepted.
template <class V>
void check_faults(std::initializer_list<std::array<std::string_view, 2>> cases) {
    for (const auto& [json, fault] : cases) {
        CAPTURE(json);
        const auto got = read_one<V>(json);
        const std::string expected = fault.empty() ? "" : "/v: " + std::string(fault) + "\n";
        CHECK(got.text() == expected);
        CHECK(got.accepted == fault.empty());
    }
}

template <class V>
void check_values(std::initializer_list<std::pair<std::string_view, V>> cases) {
    for (const auto& [json, value] : cases) {
        CAPTURE(json);
        const auto got = read_one<V>(json);
        CHECK(got.text() == "");
        CHECK(got.accepted);
        CHECK(got.value.v == value);
    }
}

}  // namespace

TEST_CASE("an integer is read however JSON writes it") {
    check_values<int>({{"0", 0},
                       {"12", 12},
                       {"-3", -3},
                       {"1.0", 1},
                       {"1e3", 1000},
                       {"1E+3", 1000},
                       {"-2.50e1", -25},
                       {"100e-2", 1},
                       {"0.0", 0},
                       {"-0", 0},
                       {"-0.0", 0},
                       {"0e999999999", 0},
                       {"0.000e-99", 0},
                       {"2147483647", 2147483647},
                       {"-2147483648", -2147483647 - 1},
                       {"0.00000000002147483647e20", 2147483647},
                       {"2147483647000000000000e-12", 2147483647}});
}

TEST_CASE("an integer is refused if it is something else or has a fraction") {
    check_faults<int>(
        {{"\"five\"", "expected integer from -2147483648 to 2147483647, got string \"five\" [haft-E0202]"},
         {"\"12\"", "expected integer from -2147483648 to 2147483647, got string \"12\" [haft-E0202]"},
         {"1.5", "expected integer from -2147483648 to 2147483647, got number 1.5 [haft-E0202]"},
         {"1e-1", "expected integer from -2147483648 to 2147483647, got number 1e-1 [haft-E0202]"},
         {"1e-999999999999",
          "expected integer from -2147483648 to 2147483647, got number 1e-999999999999 [haft-E0202]"},
         {"true", "expected integer from -2147483648 to 2147483647, got boolean true [haft-E0202]"},
         {"null", "expected integer from -2147483648 to 2147483647, got null [haft-E0202]"},
         {"[1]", "expected integer from -2147483648 to 2147483647, got array [1] [haft-E0202]"},
         {"{\"a\":1}", "expected integer from -2147483648 to 2147483647, got object {\"a\":1} [haft-E0202]"}});
}

TEST_CASE("an integer outside its type is refused, never wrapped") {
    check_faults<std::int32_t>(
        {{"2147483648", "expected integer from -2147483648 to 2147483647, got number 2147483648 [haft-E0205]"},
         {"-2147483649", "expected integer from -2147483648 to 2147483647, got number -2147483649 [haft-E0205]"},
         {"1e10", "expected integer from -2147483648 to 2147483647, got number 1e10 [haft-E0205]"}});
    check_faults<std::int8_t>({{"127", ""},
                               {"-128", ""},
                               {"128", "expected integer from -128 to 127, got number 128 [haft-E0205]"},
                               {"-129", "expected integer from -128 to 127, got number -129 [haft-E0205]"}});
    check_faults<std::uint8_t>({{"255", ""},
                                {"256", "expected integer from 0 to 255, got number 256 [haft-E0205]"},
                                {"-1", "expected integer from 0 to 255, got number -1 [haft-E0205]"}});
    check_faults<std::int16_t>({{"32767", ""},
                                {"-32768", ""},
                                {"32768", "expected integer from -32768 to 32767, got number 32768 [haft-E0205]"}});
    check_faults<std::uint16_t>(
        {{"65535", ""}, {"65536", "expected integer from 0 to 65535, got number 65536 [haft-E0205]"}});
    check_faults<std::uint32_t>(
        {{"4294967295", ""},
         {"4294967296", "expected integer from 0 to 4294967295, got number 4294967296 [haft-E0205]"},
         {"-0", ""},
         {"-1", "expected integer from 0 to 4294967295, got number -1 [haft-E0205]"}});
}

TEST_CASE("64-bit integers are exact to their limits and refused beyond") {
    check_values<std::int64_t>({{"9007199254740993", 9007199254740993},
                                {"9223372036854775807", INT64_MAX},
                                {"-9223372036854775808", INT64_MIN},
                                {"9.223372036854775807e18", INT64_MAX}});
    check_values<std::uint64_t>(
        {{"18446744073709551615", UINT64_MAX}, {"9223372036854775808", std::uint64_t{1} << 63}});
    constexpr std::string_view range = "expected integer from -9223372036854775808 to 9223372036854775807, got number ";
    check_faults<std::int64_t>({{"9223372036854775808", std::string(range) + "9223372036854775808 [haft-E0205]"},
                                {"-9223372036854775809", std::string(range) + "-9223372036854775809 [haft-E0205]"},
                                {"18446744073709551616", std::string(range) + "18446744073709551616 [haft-E0205]"},
                                {"1e19", std::string(range) + "1e19 [haft-E0205]"},
                                {"1e999999999", std::string(range) + "1e999999999 [haft-E0205]"}});
    check_faults<std::uint64_t>(
        {{"18446744073709551616",
          "expected integer from 0 to 18446744073709551615, got number 18446744073709551616 [haft-E0205]"},
         {"1.8446744073709551616e19",
          "expected integer from 0 to 18446744073709551615, got number 1.8446744073709551616e19 [haft-E0205]"},
         {"-1", "expected integer from 0 to 18446744073709551615, got number -1 [haft-E0205]"}});
}

TEST_CASE("a double is rounded, and refused only where it would be infinite") {
    check_values<double>({{"1", 1.0},
                          {"0.1", 0.1},
                          {"-2.5e-3", -2.5e-3},
                          {"9007199254740993", 9007199254740992.0},
                          {"1e308", 1e308},
                          {"1e-400", 0.0},
                          {"5e-324", 5e-324},
                          {"1.7976931348623157e308", DBL_MAX},
                          // more digits than 64 bits hold, or than a double: rounded once
                          {"18446744073709551617", 18446744073709551617.0},
                          {"184467440737.09551617", 184467440737.09551617},
                          {"0.18446744073709551617", 0.18446744073709551617},
                          {"3163016476.58163947", 3163016476.58163947},
                          {"8431921.9869640009", 8431921.9869640009}});
    const std::string range = "expected number from -1.7976931348623157e+308 to 1.7976931348623157e+308, got number ";
    check_faults<double>({{"1e400", range + "1e400 [haft-E0205]"},
                          {"-1e309", range + "-1e309 [haft-E0205]"},
                          {"\"1\"", "expected number, got string \"1\" [haft-E0202]"},
                          {"false", "expected number, got boolean false [haft-E0202]"}});
    check_values<float>(
        {{"0.1", 0.1f}, {"3.4028234663852886e38", FLT_MAX}, {"1e-50", 0.0f}, {"16777217", 16777216.0f}});
    check_faults<float>(
        {{"1e39",
          "expected number from -3.4028234663852886e+38 to 3.4028234663852886e+38, got number 1e39 [haft-E0205]"}});
}

TEST_CASE("minus zero stays minus zero in a double") {
    for (const char* json : {"-0", "-0.0", "-0e5", "-1e-400"}) {
        CAPTURE(json);
        const auto got = read_one<double>(json);
        CHECK(got.accepted);
        CHECK(got.value.v == 0);
        CHECK(std::signbit(got.value.v));
    }
    CHECK(!std::signbit(read_one<double>("0").value.v));
}

TEST_CASE("NaN and Infinity are not JSON, whatever they are read into") {
    for (const char* json : {"NaN", "Infinity", "-Infinity", "nan", "inf", "+1", ".5", "1.", "01", "0x10", "1e", "1e+",
                             "-", "- 1", "1_000"}) {
        CAPTURE(json);
        const auto number = read_one<double>(json);
        CHECK(number.faults.back().code == haft::errc::not_json);
        const auto integer = read_one<int>(json);
        CHECK(integer.faults.back().code == haft::errc::not_json);
    }
}

TEST_CASE("a boolean is true or false and nothing like it") {
    check_values<bool>({{"true", true}, {"false", false}});
    check_faults<bool>({{"1", "expected boolean, got number 1 [haft-E0202]"},
                        {"0", "expected boolean, got number 0 [haft-E0202]"},
                        {"\"true\"", "expected boolean, got string \"true\" [haft-E0202]"},
                        {"null", "expected boolean, got null [haft-E0202]"}});
}

TEST_CASE("a string is read with its escapes resolved") {
    using namespace std::string_literals;
    check_values<std::string>({{R"("")", ""},
                               {R"("plain")", "plain"},
                               {R"("a\"b\\c\/d")", "a\"b\\c/d"},
                               {R"("\b\f\n\r\t")", "\b\f\n\r\t"},
                               {R"("\u0041\u00e9\u20AC")", "A\xC3\xA9\xE2\x82\xAC"},
                               {R"("\ud83d\ude00 \uD83D\uDE00")", "\xF0\x9F\x98\x80 \xF0\x9F\x98\x80"},
                               {R"("\uffff\udbff\udfff")", "\xEF\xBF\xBF\xF4\x8F\xBF\xBF"},
                               {"\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"},
                               {R"("nul: \u0000.")", "nul: \0."s},
                               {"\"del \x7F\"", "del \x7F"},
                               {R"("long enough for the heap, with an escape\n at byte 40 and beyond")",
                                "long enough for the heap, with an escape\n at byte 40 and beyond"}});
    check_faults<std::string>({{"5", "expected string, got number 5 [haft-E0202]"},
                               {"null", "expected string, got null [haft-E0202]"},
                               {"[\"a\"]", "expected string, got array [\"a\"] [haft-E0202]"}});
}

TEST_CASE("an enum takes its names, exactly") {
    check_values<order>(
        {{"\"ascending\"", order::ascending}, {"\"by_name\"", order::by_name}, {R"("by\u005fname")", order::by_name}});
    const std::string names = R"(expected one of "ascending", "descending", "by_name", got )";
    check_faults<order>({{"\"Ascending\"", names + R"("Ascending"; did you mean "ascending"? [haft-E0207])"},
                         {"\"desc\"", names + R"("desc"; did you mean "descending"? [haft-E0207])"},
                         {"\"sideways\"", names + R"("sideways" [haft-E0207])"},
                         {"\"\"", names + R"("" [haft-E0207])"},
                         {"0", names + "number 0 [haft-E0207]"},
                         {"null", names + "null [haft-E0207]"}});
    CHECK(read_one<order>("\"desc\"").faults.at(0).nearest == "descending");
    CHECK(read_one<order>("\"desc\"").faults.at(0).expected == R"(one of "ascending", "descending", "by_name")");
    CHECK(read_one<order>("\"desc\"").faults.at(0).got == R"("desc")");
}

TEST_CASE("an array is read in order, empty ones and arrays of arrays too") {
    check_values<std::vector<int>>({{"[]", {}}, {"[ ]", {}}, {"[3,1,2]", {3, 1, 2}}, {" [ 3 , 1 ] ", {3, 1}}});
    check_values<std::vector<std::vector<std::string>>>({{R"([["a"],[],["b","c"]])", {{"a"}, {}, {"b", "c"}}}});
    check_faults<std::vector<int>>({{"1", "expected array of integer, got number 1 [haft-E0202]"},
                                    {"{}", "expected array of integer, got object {} [haft-E0202]"},
                                    {"\"[1]\"", "expected array of integer, got string \"[1]\" [haft-E0202]"},
                                    {"null", "expected array of integer, got null [haft-E0202]"}});
    CHECK(read_one<std::vector<std::vector<int>>>(R"([[1,2],[3,"4"]])").text() ==
          "/v/1/1: expected integer from -2147483648 to 2147483647, got string \"4\" [haft-E0202]\n");
}

TEST_CASE("an array of numbers is read in order, whatever its length and blanks, and whatever stands among the usual ones") {
    for (const std::size_t n : {1u, 31u, 32u, 33u, 64u, 100u}) {
        for (const std::string_view comma : {",", " ,", ", "}) {
            std::string text = "[";
            std::vector<double> reals;
            std::vector<std::int16_t> integers;
            for (std::size_t i = 0; i < n; ++i) {
                text.append(i ? comma : "").append(i % 5 == 4 ? "-" : "").append(std::to_string(i));
                integers.push_back(static_cast<std::int16_t>(i % 5 == 4 ? -static_cast<int>(i) : static_cast<int>(i)));
                reals.push_back(i == 0 ? 0 : integers.back());
            }
            CHECK(read_one<std::vector<double>>(text + "]").value.v == reals);
            CHECK(read_one<std::vector<std::int16_t>>(text + "]").value.v == integers);
        }
    }
    const auto mixed = read_one<std::vector<double>>("[1.5,1e3,2.25, 0.1,12345678901234567890,-3]");
    CHECK(mixed.accepted);
    CHECK(mixed.value.v == std::vector<double>{1.5, 1000, 2.25, 0.1, 12345678901234567890.0, -3});
    CHECK(read_one<std::vector<int>>("[1,2,1e2,3.0,4]").value.v == std::vector<int>{1, 2, 100, 3, 4});
    const auto wrong = read_one<std::vector<int>>("[1,2,\"3\",4,5.5,99999999999]");
    REQUIRE(wrong.faults.size() == 3);
    CHECK(wrong.faults[0].pointer == "/v/2");
    CHECK(wrong.faults[1].pointer == "/v/4");
    CHECK(wrong.faults[2].pointer == "/v/5");
    for (const char* broken : {"[1,2,]", "[1,2", "[1,2,", "[1,,2]", "[1 2]", "[,1]", "[1,2}", "[01]", "[1,02]", "[1.]", "[-]"}) {
        CAPTURE(broken);
        CHECK_FALSE(read_one<std::vector<double>>(broken).accepted);
        CHECK_FALSE(read_one<std::vector<int>>(broken).accepted);
    }
}

TEST_CASE("between members stands one comma, however close they are") {
    struct pair {
        int a = 0;
        int b = 0;
    };
    CHECK(read<pair>(R"({"a":1,"b":2})").accepted);
    CHECK(read<pair>("{\n\"a\" : 1 , \"b\" : 2 }").accepted);
    for (const char* broken : {R"({,"a":1})", R"({"a":1,,"b":2})", R"({"a":1"b":2})", R"({"a":1,})", R"({"a":1,"b":2,})",
                               R"({"a":1 ,"b":2 , })", R"({"a":1,"b")", R"({"a":1,)", R"({"a":1,"b":2)"}) {
        CAPTURE(broken);
        CHECK_FALSE(read<pair>(broken).accepted);
    }
}

namespace {

/// Arrays of every length up to some blocks: of usual numbers, and with one of another spelling at each place.
template <class V>
void check_numbers(std::string_view unusual, V value) {
    std::size_t wrong = 0;
    for (std::size_t n = 0; n < 140; ++n)
        for (std::size_t at = 0; at <= n; at += n < 40 ? 1 : 13) {
            std::string json = "[";
            std::vector<V> expected;
            for (std::size_t i = 0; i < n; ++i) {
                if (i) json += ',';
                json += i == at ? std::string(unusual) : std::to_string(i % 100);
                expected.push_back(i == at ? value : static_cast<V>(i % 100));
            }
            const auto got = read_one<std::vector<V>>(json + "]");
            wrong += !got.accepted || got.value.v != expected;
        }
    CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("a number of another spelling stands anywhere in an array of numbers, of any of their types") {
    check_numbers<std::int8_t>("1e2", 100);
    check_numbers<std::uint16_t>("65.535e3", 65535);
    check_numbers<int>("-0.0", 0);
    check_numbers<std::int64_t>("-9223372036854775808", INT64_MIN);
    check_numbers<std::uint64_t>("18446744073709551615", UINT64_MAX);
    check_numbers<double>("1e300", 1e300);
    check_numbers<float>("0.1", 0.1f);
    CHECK(read_one<std::vector<std::int8_t>>("[1,128,-129,2]").text() ==
          "/v/1: expected integer from -128 to 127, got number 128 [haft-E0205]\n"
          "/v/2: expected integer from -128 to 127, got number -129 [haft-E0205]\n");
    CHECK(read_one<std::vector<std::uint64_t>>("[1,-1]").text() ==
          "/v/1: expected integer from 0 to 18446744073709551615, got number -1 [haft-E0205]\n");
}

TEST_CASE("an optional in an array is a value or null") {
    check_values<std::vector<std::optional<int>>>({{"[1,null,2]", {1, std::nullopt, 2}}});
    CHECK(read_one<std::vector<std::optional<bool>>>("[null,0]").text() ==
          "/v/1: expected boolean, got number 0 [haft-E0202]\n");
}

TEST_CASE("what is left out has its default", "[TD-04.1]") {
    const auto got = read<defaults>("{}");
    REQUIRE(got.accepted);
    CHECK(got.value.i == 7);
    CHECK(got.value.s == "kept");
    CHECK(!got.value.o);
    CHECK(got.value.p == 4);
    CHECK(got.value.l == std::vector{1, 2});
    CHECK(got.value.inner.to == "home");
    CHECK(got.value.inner.km == 3);
}

TEST_CASE("null for what need not be given is absence") {
    const auto got = read<defaults>(R"({"i":null,"s":null,"o":null,"p":null,"l":null,"inner":null})");
    REQUIRE(got.text() == "");
    CHECK(got.value.i == 7);
    CHECK(got.value.s == "kept");
    CHECK(!got.value.o);
    CHECK(got.value.p == 4);
    CHECK(got.value.l == std::vector{1, 2});
    CHECK(got.value.inner.to == "home");
    const auto blanks = read<defaults>("{ \"i\" : null , \"s\": null, \"o\":\tnull, \"p\":\nnull, \"l\":  null}");
    REQUIRE(blanks.text() == "");
    CHECK(blanks.value.i == 7);
    CHECK(blanks.value.p == 4);
}

TEST_CASE("what is given replaces the default altogether") {
    const auto got = read<defaults>(R"({"i":1,"s":"","o":2,"p":3,"l":[],"inner":{"to":"x","km":0}})");
    REQUIRE(got.text() == "");
    CHECK(got.value.i == 1);
    CHECK(got.value.s.empty());
    CHECK(got.value.o == 2);
    CHECK(got.value.p == 3);
    CHECK(got.value.l.empty());
    CHECK(got.value.inner.to == "x");
    CHECK(got.value.inner.km == 0);
}

TEST_CASE("a required optional may not be null, since its schema knows no null") {
    CHECK(read<required_optional>(R"({"v":1,"w":2})").accepted);
    CHECK(read<required_optional>(R"({"v":null,"w":2})").text() ==
          "/v: expected integer from -2147483648 to 2147483647, got null [haft-E0202]\n");
    CHECK(read<required_optional>(R"({"v":1})").text() ==
          "/w: required, but not given; expected integer from -2147483648 to 2147483647 [haft-E0204]\n");
}

TEST_CASE("the order of keys is free, and so are blanks") {
    for (const char* json : {R"({"name":"n","legs":[{"to":"a","km":1}],"sort":"ascending","n":2})",
                             R"({"n":2,"sort":"ascending","legs":[{"km":1,"to":"a"}],"name":"n"})",
                             " \n\t\r{ \"legs\" : [ { \"to\" : \"a\" , \"km\" : 1 } ] , \"n\" : 2 , \"name\" : \"n\" , "
                             "\"sort\" : \"ascending\" } \n"}) {
        CAPTURE(json);
        const auto got = read<trip>(json);
        REQUIRE(got.text() == "");
        CHECK(got.value.name == "n");
        REQUIRE(got.value.legs.size() == 1);
        CHECK(got.value.legs[0].to == "a");
        CHECK(got.value.legs[0].km == 1);
        CHECK(got.value.sort == order::ascending);
        CHECK(got.value.n == 2);
    }
}

TEST_CASE("a key may be written with escapes") {
    const auto got = read<leg>(R"({"\u0074o":"a","k\u006d":1})");
    CHECK(got.accepted);
    CHECK(got.value.to == "a");
    CHECK(got.value.km == 1);
}

TEST_CASE("arguments that are null are arguments that are absent") {
    CHECK(read<defaults>("null").accepted);
    CHECK(read<defaults>(" null ").accepted);
    CHECK(read<leg>("null").text() ==
          "/to: required, but not given; expected string [haft-E0204]\n"
          "/km: required, but not given; expected integer from 0 to 2147483647 [haft-E0204]\n");
}

TEST_CASE("arguments that are no object are refused") {
    CHECK(read<defaults>("[]").text() == "arguments: expected object, got array [] [haft-E0202]\n");
    CHECK(read<defaults>("\"{}\"").text() == "arguments: expected object, got string \"{}\" [haft-E0202]\n");
    CHECK(read<defaults>("1").text() == "arguments: expected object, got number 1 [haft-E0202]\n");
    CHECK(read<defaults>("true").text() == "arguments: expected object, got boolean true [haft-E0202]\n");
}

TEST_CASE("a reader may be given a view of nothing") {
    CHECK(read<defaults>({}).text() == "arguments: the text is empty at byte 0 [haft-E0201]\n");
}
