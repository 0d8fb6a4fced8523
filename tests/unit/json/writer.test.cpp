// SPDX-License-Identifier: BSL-1.0
#include <haft/json/lexer.hpp>
#include <haft/json/writer.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <unit/json/read.hpp>

namespace writer_test {

enum class order : signed char { back = -1, forth = 1 };
BOOST_DESCRIBE_ENUM(order, back, forth)
enum class huge : std::uint64_t { all = ~std::uint64_t{0} };
BOOST_DESCRIBE_ENUM(huge, all)

struct point {
    double x;
    double y;
};
struct everything {
    bool flag;
    int number;
    std::string text;
    order way;
    std::optional<int> perhaps;
    std::vector<std::optional<int>> some;
    std::vector<point> path;
    std::optional<point> at;
    float ratio;
};
struct leading_optionals {
    std::optional<int> a;
    std::optional<int> b;
    int c = 3;
    std::optional<int> d;
};
struct nothing {};
struct integers {
    std::int8_t a = std::numeric_limits<std::int8_t>::min();
    std::uint8_t b = std::numeric_limits<std::uint8_t>::max();
    std::int16_t c = std::numeric_limits<std::int16_t>::min();
    std::uint16_t d = std::numeric_limits<std::uint16_t>::max();
    std::int32_t e = std::numeric_limits<std::int32_t>::min();
    std::uint32_t f = std::numeric_limits<std::uint32_t>::max();
    std::int64_t g = std::numeric_limits<std::int64_t>::min();
    std::uint64_t h = std::numeric_limits<std::uint64_t>::max();
    std::int8_t i = std::numeric_limits<std::int8_t>::max();
    std::int64_t j = std::numeric_limits<std::int64_t>::max();
};

}  // namespace writer_test

using namespace writer_test;

namespace {

/// What of a text stands in a JSON string, between the quotes.
std::string content_of(std::string_view text) {
    std::string out;
    haft::json::append_string(out, text);
    return out.substr(1, out.size() - 2);
}

template <class T>
std::string written(const T& value) {
    std::string out;
    haft::json::writer writer(out);
    writer.write(haft::schema::type_of<T>, &value);
    CHECK(writer.problem() == "");
    std::string in_string = "before ";
    haft::json::writer within(in_string, std::array<std::string_view, 2>{"{\"a\":", "\""}, 1'000'000);
    within.write(haft::schema::type_of<T>, &value);
    CHECK(within.problem() == "");
    CHECK_FALSE(within.full());
    CHECK(in_string == "before {\"a\":\"" + content_of(out));
    return out;
}
template <class T>
std::string problem_of(const T& value) {
    std::string out;
    haft::json::writer writer(out);
    writer.write(haft::schema::type_of<T>, &value);
    REQUIRE(writer.problem() != "");
    return writer.problem();
}
std::string string_of(std::string_view text) {
    std::string out;
    haft::json::append_string(out, text);
    return out;
}

}  // namespace

TEST_CASE("a struct is written compact, its members in order") {
    CHECK(
        written(everything{
            true, -3, "a\"b", order::back, 7, {1, std::nullopt}, {{1, 2}, {0.5, -0.0}}, point{3, 4}, 0.1f}) ==
        R"({"flag":true,"number":-3,"text":"a\"b","way":"back","perhaps":7,"some":[1,null],"path":[{"x":1,"y":2},{"x":0.5,"y":-0.0}],)"
        R"("at":{"x":3,"y":4},"ratio":0.1})");
}

TEST_CASE("empty optionals of a struct are left out, wherever they stand") {
    everything value{};
    value.way = order::forth;
    CHECK(written(value) == R"({"flag":false,"number":0,"text":"","way":"forth","some":[],"path":[],"ratio":0})");
}

TEST_CASE("commas stand between the members that are there") {
    CHECK(written(leading_optionals{}) == R"({"c":3})");
    CHECK(written(leading_optionals{.a = {}, .b = 2, .c = 3, .d = 4}) == R"({"b":2,"c":3,"d":4})");
    CHECK(written(leading_optionals{.a = 1, .b = {}, .c = 3, .d = {}}) == R"({"a":1,"c":3})");
    CHECK(written(nothing{}) == "{}");
}

TEST_CASE("integers of every size are written to their limits") {
    CHECK(written(integers{}) ==
          R"({"a":-128,"b":255,"c":-32768,"d":65535,"e":-2147483648,"f":4294967295,"g":-9223372036854775808,)"
          R"("h":18446744073709551615,"i":127,"j":9223372036854775807})");
}

TEST_CASE("results that are no structs are written too") {
    CHECK(written(true) == "true");
    CHECK(written(std::string("x")) == "\"x\"");
    CHECK(written(std::vector<int>{}) == "[]");
    CHECK(written(std::vector<std::vector<std::string>>{{"a"}, {}}) == "[[\"a\"],[]]");
    CHECK(written(std::optional<int>{}) == "null");
    CHECK(written(std::optional<int>{3}) == "3");
    CHECK(written(huge::all) == "\"all\"");
}

TEST_CASE("a number that JSON has no text for is a problem") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(problem_of(infinity) == "a number that is infinite or not a number");
    CHECK(problem_of(-infinity) == "a number that is infinite or not a number");
    CHECK(problem_of(std::numeric_limits<double>::quiet_NaN()) == "a number that is infinite or not a number");
    CHECK(problem_of(std::numeric_limits<float>::quiet_NaN()) == "a number that is infinite or not a number");
    CHECK(problem_of(std::vector<double>{1, infinity, 2}) == "a number that is infinite or not a number");
    CHECK(problem_of(point{1, infinity}) == "a number that is infinite or not a number");
}

TEST_CASE("an enum value without a name is a problem") {
    CHECK(problem_of(static_cast<order>(0)) == "an enum value that has no name");
    CHECK(problem_of(std::vector<order>{order::back, static_cast<order>(7)}) == "an enum value that has no name");
}

TEST_CASE("of several problems the first is told") {
    CHECK(problem_of(everything{
              true, 0, "", static_cast<order>(0), {}, {}, {{std::numeric_limits<double>::quiet_NaN(), 0}}, {}, 0}) ==
          "an enum value that has no name");
}

TEST_CASE("a string is written with the escapes that JSON wants, and no others") {
    CHECK(string_of("") == "\"\"");
    CHECK(string_of("plain / text") == "\"plain / text\"");
    CHECK(string_of("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
    CHECK(string_of(std::string_view("\0\x01\x1F\x7F", 4)) == "\"\\u0000\\u0001\\u001f\x7F\"");
    CHECK(string_of("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80") == "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
}

TEST_CASE("a string is written the same wherever its escapes stand, and however long it is") {
    struct special {
        std::string_view text, json;
    };
    const special specials[] = {{"", ""},
                                {"\"", "\\\""},
                                {"\"\n\\", "\\\"\\n\\\\"},
                                {"\x01", "\\u0001"},
                                {"\"\x1F\"", "\\\"\\u001f\\\""},
                                {"\xC3\xA9", "\xC3\xA9"},
                                {"\n\xF0\x9F\x98\x80", "\\n\xF0\x9F\x98\x80"},
                                {"\xFF", "\xEF\xBF\xBD"}};
    std::string letters;
    while (letters.size() < 2100) letters += "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const std::string_view all = letters;
    std::size_t wrong = 0;
    const auto check = [&](const special& one, const special& other, std::size_t before, std::size_t between,
                           std::size_t after) {
        std::string json = "\"", text;
        const auto add = [&](std::string_view t, std::string_view j) { text += t, json += j; };
        add(all.substr(0, before), all.substr(0, before));
        add(one.text, one.json);
        add(all.substr(9, between), all.substr(9, between));
        add(other.text, other.json);
        add(all.substr(3, after), all.substr(3, after));
        wrong += string_of(text) != json + "\"";
    };
    for (const special& one : specials) {
        for (const special& other : specials)
            for (std::size_t before = 0; before < 18; ++before)
                for (const std::size_t between : {0u, 1u, 14u, 15u, 16u, 17u})
                    for (const std::size_t after : {0u, 1u, 3u, 4u, 7u, 8u, 9u, 15u, 16u, 17u})
                        check(one, other, before, between, after);
        // past the ends of a buffer
        for (std::size_t before = 930; before < 1050; ++before) check(one, one, before, 3, 40);
        for (std::size_t before = 1900; before < 2060; ++before) check(one, one, before, 0, 2);
    }
    CHECK(wrong == 0);
    for (const std::size_t n : {500u, 1000u, 5000u, 100'000u}) {
        CHECK(string_of(std::string(n, '"')) == "\"" + haft_test::repeat("\\\"", n) + "\"");
        CHECK(string_of(std::string(n, '\x01')) == "\"" + haft_test::repeat("\\u0001", n) + "\"");
    }
}

TEST_CASE("bytes that are not UTF-8 are mended, the text around them kept") {
    CHECK(string_of("a\xFFz") == "\"a\xEF\xBF\xBDz\"");
    CHECK(string_of("a\xC3") == "\"a\xEF\xBF\xBD\"");
    CHECK(string_of("\xE2\x82z\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    CHECK(string_of("\xC3\"\n") == "\"\xEF\xBF\xBD\\\"\\n\"");
}

TEST_CASE("every string of two bytes is written as JSON, and UTF-8 reads back as it was") {
    std::size_t wrong = 0;
    for (unsigned a = 0; a < 256; ++a)
        for (unsigned b = 0; b < 256; ++b) {
            const std::string text = {static_cast<char>(a), static_cast<char>(b)};
            const bool is_utf8 = (a < 0x80 && b < 0x80) || (a >= 0xC2 && a < 0xE0 && b >= 0x80 && b < 0xC0);
            const std::string json = string_of(text);
            haft::json::lexer in(json, 1);
            haft::json::lexer::string_token token;
            if (!in.string(token) || !in.expect_end()) {
                ++wrong;
                continue;
            }
            std::string back;
            haft::json::lexer::decode(token, back);
            wrong += (back == text) != is_utf8;
        }
    CHECK(wrong == 0);
}

TEST_CASE("what is written reads back as it was") {
    const everything before{true, 5, "t\n", order::forth, 1, {2, std::nullopt}, {{0.1, 1e300}}, point{-1, 0}, 3.3f};
    const auto after = haft_test::read<everything>(written(before));
    REQUIRE(after.text() == "");
    CHECK(written(after.value) == written(before));
    CHECK(after.value.path.at(0).y == 1e300);
    CHECK(after.value.ratio == 3.3f);
}
