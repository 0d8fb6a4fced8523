// SPDX-License-Identifier: BSL-1.0
// Tools of plain functions, by static reflection. (Nothing of it is there in C++20.)
#include <haft/tool.hpp>

#if HAFT_HAS_REFLECTION()

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace reflected_test {

[[ = haft::doc("Weather forecast"), = haft::read_only ]] std::string forecast(
    [[= haft::doc("City name")]] std::string city,
    [[ = haft::doc("Days ahead"), = haft::minimum(1), = haft::maximum(14) ]] int days = 3) {
    return city + " " + std::to_string(days);
}

[[= haft::doc("Shows gaps")]] std::string gaps(int a, int b = 2, int c = 3) {
    return std::to_string(a) + std::to_string(b) + std::to_string(c);
}
struct clock {
    static int hour(int of, int plus = 12) { return of + plus; }
};
std::string filled(int a, [[= haft::default_(2)]] int b = 2, int c = 3) {
    return std::to_string(a) + std::to_string(b) + std::to_string(c);
}
std::string first_filled([[= haft::default_(2)]] int a, int b = 3) { return std::to_string(a) + std::to_string(b); }
std::string among(haft::call_context& call, std::string_view a, haft::call_context&, int n = 7) {
    return std::string(call.tool_name) + std::string(a) + std::to_string(n);
}

struct place {
    std::string city;
    int days = 3;
};
std::string of_struct(const place& p) { return p.city; }
int of_nothing() { return 1; }
int of_args(haft::arg<"n", int> n) { return n; }

/// Somebody else's annotation: a class, an enum, a number.
struct traced {
    int level;
};
enum class layer { inner };
[[ = traced{1}, = layer::inner ]] int watched([[ = traced{2}, = layer::inner, = 7, = haft::minimum(1) ]] int n) {
    return n;
}

/// The same as `forecast`, for C++20.
inline constexpr std::array words{haft::field{"city", "City name"},
                                  haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};

namespace kit {
int first() { return 1; }
[[= haft::as("second_of_two")]] int second(int n) { return n; }
[[= haft::no_tool]] int hidden() { return 0; }
template <class T>
int generic(T) {
    return 0;
}
int deleted() = delete;
inline int variable = 0;
[[ = haft::doc("Doubles"), = haft::as("double_text") ]] std::string twice(std::string s) { return s + s; }
[[= haft::doc("Doubles")]] int twice(int n) { return 2 * n; }
}  // namespace kit

std::string call(const haft::tool& t, std::string_view arguments) {
    const haft::result<std::string> r = t.call(arguments);
    return r ? *r : r.error().text();
}

HAFT_TOOL(gaps);
HAFT_TOOL(forecast, {.name = "enrolled_forecast"});
HAFT_TOOL(static_cast<int (*)(int)>(kit::twice), "Twice as much");

}  // namespace reflected_test

using namespace reflected_test;

TEST_CASE("a plain function is a tool: names, words, limits, what is required", "[TD-01][TD-04]") {
    constexpr haft::tool t = haft::make<^^forecast>();
    STATIC_REQUIRE(t.name == "forecast");
    STATIC_REQUIRE(t.description == "Weather forecast");
    STATIC_REQUIRE(t.effect == haft::effect::read_only);
    STATIC_REQUIRE(t.input_schema ==
                   R"({"type":"object","properties":{"city":{"type":"string","description":"City name"},)"
                   R"("days":{"type":"integer","minimum":1,"maximum":14,"description":"Days ahead"}},)"
                   R"("required":["city"],"additionalProperties":false})");
    CHECK(call(t, R"({"city":"Rome","days":5})") == R"("Rome 5")");
    CHECK(call(t, R"({"city":"Rome"})") == R"("Rome 3")");
    CHECK(call(t, R"({"city":"Rome","days":null})") == R"("Rome 3")");
    CHECK(call(t, R"({"days":20})") ==
          "tool \"forecast\" was not called: 2 faults in its arguments\n"
          "- /days: expected integer from 1 to 14, got number 20 [haft-E0205]\n"
          "- /city: required, but not given; expected string: City name [haft-E0204]");
}

TEST_CASE("the words of the call win over those of the function", "[TD-01]") {
    constexpr haft::tool t =
        haft::make<^^forecast>({.description = "Other", .name = "weather", .effect = haft::additive});
    STATIC_REQUIRE(t.name == "weather");
    STATIC_REQUIRE(t.description == "Other");
    STATIC_REQUIRE(t.effect == haft::effect::additive);
    STATIC_REQUIRE(haft::make<^^forecast>("Briefly").description == "Briefly");
}

TEST_CASE("a function's own defaults apply, and a gap among them is told") {
    constexpr haft::tool t = haft::make<^^gaps>();
    CHECK(call(t, R"({"a":1})") == R"("123")");
    CHECK(call(t, R"({"a":1,"b":5})") == R"("153")");
    CHECK(call(t, R"({"a":1,"b":5,"c":6})") == R"("156")");
    CHECK(call(t, R"({"a":1,"c":6})") ==
          "tool \"gaps\" was not called: 1 fault in its arguments\n"
          "- /b: has to be given where \"c\" is [haft-E0204]");
}

TEST_CASE("a static function of a class has its defaults, too") {
    CHECK(call(haft::make<^^clock::hour>(), R"({"of":1})") == "13");
    CHECK(call(haft::make<&clock::hour>(), R"({"of":1,"plus":2})") == "3");
}

TEST_CASE("a default in words is in the schema and fills a gap") {
    constexpr haft::tool t = haft::make<^^filled>();
    STATIC_REQUIRE(t.input_schema.find(R"("default":2})") != std::string_view::npos);
    CHECK(call(t, R"({"a":1})") == R"("123")");
    CHECK(call(t, R"({"a":1,"c":6})") == R"("126")");
    CHECK(call(t, R"({"a":1,"b":5,"c":6})") == R"("156")");
}

TEST_CASE("a default in words may stand before parameters with a default argument") {
    constexpr haft::tool t = haft::make<^^first_filled>();
    STATIC_REQUIRE(t.input_schema ==
                   R"({"type":"object","properties":{"a":{"type":"integer","default":2},"b":{"type":"integer"}},)"
                   R"("additionalProperties":false})");
    CHECK(call(t, "{}") == R"("23")");
    CHECK(call(t, R"({"b":4})") == R"("24")");
    CHECK(call(t, R"({"a":1})") == R"("13")");
}

TEST_CASE("what others annotate is left alone") {
    STATIC_REQUIRE(haft::make<^^watched>().input_schema ==
                   R"({"type":"object","properties":{"n":{"type":"integer","minimum":1}},)"
                   R"("required":["n"],"additionalProperties":false})");
}

TEST_CASE("what is injected stands anywhere", "[EX-05]") {
    constexpr haft::tool t = haft::make<^^among>();
    CHECK(call(t, R"({"a":"x"})") == R"("amongx7")");
    CHECK(call(t, R"({"a":"x","n":1})") == R"("amongx1")");
}

TEST_CASE("a struct, arguments with names and nothing are what they are in C++20") {
    STATIC_REQUIRE(haft::make<^^of_struct>().input_schema == haft::make<&of_struct>().input_schema);
    STATIC_REQUIRE(haft::make<^^of_args>().input_schema == haft::make<&of_args>().input_schema);
    STATIC_REQUIRE(haft::make<^^of_nothing>().input_schema == haft::make<&of_nothing>().input_schema);
    STATIC_REQUIRE(haft::make<^^of_struct>().self == haft::make<&of_struct>().self);
}

TEST_CASE("names beside the function and names of its own make one schema, but for what has a default") {
    std::string own(haft::make<^^forecast>().input_schema);
    const std::string beside(haft::make<&forecast, words>().input_schema);
    const std::size_t at = own.find(R"(["city"])");
    REQUIRE(at != std::string::npos);
    own.insert(at + 7, R"(,"days")");
    CHECK(own == beside);
    STATIC_REQUIRE(haft::make<^^forecast, words>().input_schema == haft::make<&forecast, words>().input_schema);
}

TEST_CASE("every function of a namespace is a tool, in the order of declaration") {
    const haft::toolset tools = haft::tools_in<^^kit>();
    std::string names;
    for (const haft::tool& t : tools) names += std::string(t.name) + " ";
    CHECK(names == "first second_of_two double_text twice ");
    CHECK(*tools.call("double_text", R"({"s":"ab"})") == R"("abab")");
    CHECK(*tools.call("twice", R"({"n":4})") == "8");
    CHECK(tools.refusals().empty());
}

TEST_CASE("a function's address is as good, and the macro too", "[TD-01]") {
    STATIC_REQUIRE(haft::make<&forecast>().input_schema == haft::make<^^forecast>().input_schema);
    STATIC_REQUIRE(haft::make<&forecast>().description == "Weather forecast");
    const haft::toolset tools = haft::compiled_in();
    CHECK(*tools.call("gaps", R"({"a":1})") == R"("123")");
    CHECK(*tools.call("enrolled_forecast", R"({"city":"Rome"})") == R"("Rome 3")");
    CHECK(tools.find("enrolled_forecast")->effect == haft::effect::read_only);
    CHECK(*tools.call("twice", R"({"n":4})") == "8");
    CHECK(tools.find("twice")->description == "Twice as much");
}

#endif  // HAFT_HAS_REFLECTION()
