// SPDX-License-Identifier: BSL-1.0
// Types of a user's own, as a text or by another type, and free-form JSON.
#include <haft/schema/custom.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/variant.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <unit/schema/through.hpp>

namespace custom_test {

/// An aggregate, so that only its form says that it is a text.
struct money {
    long cents = 0;
    friend auto operator<=>(const money&, const money&) = default;
};
/// Knows its default at compile time.
struct colour {
    unsigned rgb = 0;
};

class angle {
public:
    constexpr angle() = default;
    constexpr explicit angle(double degrees) : degrees_(degrees) {}
    constexpr double degrees() const { return degrees_; }
    friend constexpr bool operator==(const angle&, const angle&) = default;

private:
    double degrees_ = 0;
};
struct span_fields {
    int from;
    int to = 10;
};
class span {
public:
    span() = default;
    span(int from, int to) : from_(from), to_(to) {}
    int from() const { return from_; }
    int to() const { return to_; }

private:
    int from_ = 0, to_ = 0;
};

struct defaults {
    money price{250};
    colour back{0xff0000};
    angle turn{90};
};
struct limited {
    angle v;
    money w;
    static constexpr std::array haft_fields{haft::field{"v", "", haft::exclusive_maximum(360)},
                                            haft::field{"w", "", haft::max_length(6), haft::default_("1.50")}};
};
struct free_form {
    haft::json_text given;
    haft::json_text some = "{\"a\":[1]}";
    haft::json_text none = "null";
    haft::json_text broken = "{";
};

}  // namespace custom_test

template <>
struct haft::schema::form<custom_test::money> : haft::schema::text_form<custom_test::money> {
    static constexpr std::string_view expected = "amount such as 12.50";
    static constexpr std::string_view schema_words = R"(,"pattern":"^[0-9]+[.][0-9]{2}$")";
    static bool read(std::string_view text, custom_test::money& to, std::string& why) {
        const std::size_t point = text.find('.');
        if (point == text.npos || text.size() - point != 3) return why = "it wants two decimals", false;
        const std::string digits = std::string(text.substr(0, point)) + std::string(text.substr(point + 1));
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), to.cents);
        return failed == std::errc{} && end == digits.data() + digits.size();
    }
    static void write(const custom_test::money& from, std::string& out) {
        std::string digits = std::to_string(from.cents);
        while (digits.size() < 3) digits.insert(0, "0");
        out += digits.insert(digits.size() - 2, ".");
    }
};
template <>
struct haft::schema::form<custom_test::colour> : haft::schema::text_form<custom_test::colour> {
    static constexpr std::string_view expected = "colour such as red";
    static bool read(std::string_view text, custom_test::colour& to, std::string&) {
        return to.rgb = 0xff0000, text == "red";
    }
    static bool write(const custom_test::colour& from, std::string& out, std::string& why) {
        if (from.rgb != 0xff0000) return why = "it is not red", false;
        return out += "red", true;
    }
    static constexpr bool put(haft::text_sink& sink, const custom_test::colour& value) {
        return value.rgb == 0xff0000 && (sink.put_quoted("red"), true);
    }
};
template <>
struct haft::schema::form<custom_test::angle> : haft::schema::converted_form<custom_test::angle, double> {
    static bool read(double from, custom_test::angle& to, std::string& why) {
        if (from < 0) return why = "an angle is not negative", false;
        return to = custom_test::angle(from), true;
    }
    static double write(const custom_test::angle& from) { return from.degrees(); }
};
template <>
struct haft::schema::form<custom_test::span>
    : haft::schema::converted_form<custom_test::span, custom_test::span_fields> {
    static constexpr std::string_view expected = "span with its ends in order";
    static bool read(custom_test::span_fields&& from, custom_test::span& to, std::string&) {
        return to = custom_test::span(from.from, from.to), from.from <= from.to;
    }
    static bool write(const custom_test::span& from, custom_test::span_fields& to, std::string& why) {
        if (from.from() > from.to()) return why = "its ends are not in order", false;
        return to = {from.from(), from.to()}, true;
    }
};

using namespace custom_test;
using namespace haft_test;

TEST_CASE("a type of one's own is a text with a grammar", "[TD-05]") {
    STATIC_REQUIRE(member_schema<money> == R"({"type":"string","pattern":"^[0-9]+[.][0-9]{2}$"})");
    STATIC_REQUIRE(member_schema<colour> == R"({"type":"string"})");
    STATIC_REQUIRE(requires_v(schema_in<one<money>>));
    check_rows<money>(
        {{"\"12.50\""},
         {"\"1\\u0032.50\"", "\"12.50\""},
         {"\"12.5\"", ": expected amount such as 12.50, got string \"12.5\": it wants two decimals [haft-E0220]"},
         {"\"x.50\"", ": expected amount such as 12.50, got string \"x.50\" [haft-E0220]"},
         {"12.50", ": expected amount such as 12.50, got number 12.50 [haft-E0202]"}});
    check_rows<std::map<money, int>>(
        {{R"({"2.00":1,"1.00":2})", R"({"1.00":2,"2.00":1})"},
         {R"({"2":1})", "/2: expected as a key amount such as 12.50, got \"2\": it wants two decimals [haft-E0220]"}});
    check_rows<std::variant<int, money>>({{"1"}, {"\"1.00\""}});
    check_rows<std::optional<money>>({{"\"1.00\""}});
    CHECK(written(colour{1}) == "not written: a value that is no colour such as red: it is not red");
}

TEST_CASE("a type of one's own is as another type has it", "[TD-05]") {
    STATIC_REQUIRE(member_schema<angle> == R"({"type":"number"})");
    STATIC_REQUIRE(member_schema<span> == member_schema<span_fields>);
    check_rows<angle>({{"90"},
                       {"0.5"},
                       {"-1", ": expected number, got number -1: an angle is not negative [haft-E0220]"},
                       {"\"x\"", ": expected number, got string \"x\" [haft-E0202]"}});
    check_rows<span>(
        {{R"({"from":1,"to":2})"},
         {R"({"from":1})", R"({"from":1,"to":10})"},
         {R"({"from":3,"to":2})",
          ": expected span with its ends in order, got object {\"from\":3,\"to\":2} [haft-E0220]"},
         {R"({"from":true})", "/from: expected integer from -2147483648 to 2147483647, got boolean true [haft-E0202]"},
         {R"({"from":20,"to":true})",
          "/to: expected integer from -2147483648 to 2147483647, got boolean true [haft-E0202]"},
         {R"({})", "/from: required, but not given; expected integer from -2147483648 to 2147483647 [haft-E0204]"}});
    CHECK(written(span{2, 1}) ==
          "not written: a value that is no span with its ends in order: its ends are not in order");
}

TEST_CASE("words are for what a type of one's own is in JSON", "[NX-06]") {
    STATIC_REQUIRE(schema_in<limited> ==
                   R"({"type":"object","properties":{"v":{"type":"number","exclusiveMaximum":360},)"
                   R"("w":{"type":"string","maxLength":6,"pattern":"^[0-9]+[.][0-9]{2}$","default":"1.50"}},)"
                   R"("required":["v"],"additionalProperties":false})");
    const auto& t = haft::schema::type_of<limited>;
    CHECK(through(t, R"({"v":359})") == R"({"v":359,"w":"1.50"})");
    CHECK(through(t, R"({"v":360,"w":"1000.00"})") ==
          "/v: expected number below 360, got number 360 [haft-E0205]\n"
          "/w: expected amount such as 12.50 of at most 6 characters, got 7 characters [haft-E0205]");
}

TEST_CASE("a default that only the type's form can write stands in the schema if the form can", "[TD-18]") {
    STATIC_REQUIRE(
        schema_in<defaults> ==
        R"({"type":"object","properties":{"price":{"type":"string","pattern":"^[0-9]+[.][0-9]{2}$"},)"
        R"("back":{"type":"string","default":"red"},"turn":{"type":"number"}},"additionalProperties":false})");
    CHECK(through(haft::schema::type_of<defaults>, "{}") == R"({"price":"2.50","back":"red","turn":90})");
}

TEST_CASE("a default that is no JSON is applied, but can't break the schema", "[TD-18]") {
    for (const std::string_view text : {"null", " { } ", "[]", "[ 1 , -0.5e+3 ]",
                                        R"({"a":{"b":[true,false]},"c":"\u00e9\n\"/"})", "\"\xC3\xA9\"", "0"})
        CHECK(haft::schema::detail::constant_json(text).is_valid());
    for (const std::string_view text :
         {"",    "{",   "[1",     "[1,]",    "{\"a\"}",     "{\"a\":}",  "{a:1}",    "01",  "1.",   "1e",  "-",   "+1",
          "nul", "\"a", "\"\n\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"", "\"\xFF\"", "1 2", "[1]]", "'a'", "\"\\"})
        CHECK(!haft::schema::detail::constant_json(text).is_valid());
    CHECK(!haft::schema::detail::constant_json(repeat("[", 65) + repeat("]", 65)).is_valid());
}

TEST_CASE("free-form JSON is any value, as it was written but for blanks", "[TD-06][TD-18]") {
    STATIC_REQUIRE(member_schema<haft::json_text> == "{}");
    STATIC_REQUIRE(member_schema<std::vector<haft::json_text>> == R"({"type":"array","items":{}})");
    check_rows<haft::json_text>({{"null"},
                                 {"1.50"},
                                 {"\"\\u0061\""},
                                 {"[1, {\"a\" : null}]", "[1,{\"a\":null}]"},
                                 {"{\"b\":1,\"a\":2}"},
                                 {"{\"a\":{\"b\":[{\"c\":1,\"c\":2}]}}", "/a/b/0/c: given twice [haft-E0206]"},
                                 {"{\"a\":1,\"\\u0061\":2}", "/a: given twice [haft-E0206]"}});
    STATIC_REQUIRE(schema_in<free_form> ==
                   R"({"type":"object","properties":{"given":{},"some":{"default":{"a":[1]}},"none":{},"broken":{}},)"
                   R"("required":["given","none"],"additionalProperties":false})");
    const auto& t = haft::schema::type_of<free_form>;
    CHECK(through(t, R"({"given":null,"none":null,"broken":1})") ==
          R"({"given":null,"some":{"a":[1]},"none":null,"broken":1})");
    CHECK(through(t, R"({"given":[[[tru]]],"none":1})") ==
          "/given: expected true, false or null in full and in lower case at byte 12, before tru]]],\"none\":1} "
          "[haft-E0201]");
    CHECK(written(haft::json_text("{\"a\":1,\"a\":2}")) ==
          "not written: a value that is not JSON: a key is given twice");
    CHECK(written(haft::json_text("[1")).starts_with("not written: a value that is not JSON: the text ends"));
    CHECK(written(haft::json_text(" [1] ")) == "[1]");
}
