// SPDX-License-Identifier: BSL-1.0
// A member initialiser is a parameter's default: it makes the parameter optional and stands in the schema.
#include <haft/schema/scalar.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/tuple.hpp>
#include <haft/schema/std/variant.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cfloat>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace defaults_test {

enum class colour : unsigned char { red = 1, green = 2 };
BOOST_DESCRIBE_ENUM(colour, red, green)

struct inner {
    int a = 1;
    std::string b = "x";
    std::optional<int> c;
};

template <class T>
constexpr std::string_view schema_of = haft::schema::schema_text<T, haft::schema::direction::input>;

/// Whether the one member's schema ends in that default and the struct requires nothing.
constexpr bool has_default(std::string_view schema, std::string_view text) {
    const std::size_t at = schema.find(",\"default\":");
    return at != schema.npos && schema.substr(at + 11) == std::string(text) + "}},\"additionalProperties\":false}";
}
constexpr bool is_required(std::string_view schema) {
    return schema.find("\"required\":[\"v\"]") != schema.npos && schema.find("\"default\"") == schema.npos;
}

// clang-format off
struct truth { bool v = true; };
struct untruth { bool v = false; };
struct zero { int v = 0; };
struct negative { int v = -17; };
struct braces { int v{}; };
struct least { std::int64_t v = std::numeric_limits<std::int64_t>::min(); };
struct greatest { std::uint64_t v = std::numeric_limits<std::uint64_t>::max(); };
struct small { std::uint8_t v = 255; };
struct half { double v = 0.5; };
struct tiny { double v = 1e-7; };
struct large { double v = 1e30; };
struct largest { double v = DBL_MAX; };
struct largest_within { double v = std::numeric_limits<double>::max(); static constexpr std::array haft_fields{haft::field{"v", "", haft::minimum(0)}}; };
struct largest_inside { largest v{DBL_MIN}; largest w; };
struct smallest { double v = 5e-324; };
struct seventeen { double v = 0.30000000000000004; };
struct whole { double v = 9007199254740991; };
struct minus_zero { double v = -0.0; };
struct tenth { float v = 0.1f; };
struct float_max { float v = FLT_MAX; };
struct text { std::string v = "say \"hi\"\\\n\x01"; };
struct long_text { std::string v = "longer than any small string that lies in its object"; };
struct named { colour v = colour::green; };
struct numbers { std::vector<int> v = {3, -1, 2}; };
struct words { std::vector<std::string> v = {"a", "b\tc"}; };
struct whole_struct { inner v = {.a = 5, .b = "y", .c = 6}; };
struct part_of_struct { inner v = {.a = 2, .b = "x", .c = {}}; };
struct structs { std::vector<inner> v = {inner{}, inner{.a = 2, .b = "", .c = 3}}; };
struct perhaps { std::optional<int> v = 4; };
struct perhaps_text { std::optional<std::string> v = "q"; };
struct perhaps_struct { std::optional<inner> v = inner{.a = 9, .b = "x", .c = {}}; };
struct perhaps_list { std::vector<std::optional<int>> v = {1, std::nullopt}; };

struct no_int { int v; };
struct no_bool { bool v; };
struct no_double { double v; };
struct no_enum { colour v; };
struct no_text { std::string v; };
struct empty_text { std::string v = ""; };
struct empty_list { std::vector<int> v = {}; };
struct struct_as_it_comes { inner v; };
struct infinite { double v = std::numeric_limits<double>::infinity(); };
struct nameless { colour v = static_cast<colour>(7); };
// clang-format on

}  // namespace defaults_test

using namespace defaults_test;

TEST_CASE("a bool's and an integer's initialiser is the default", "[TD-04.1]") {
    STATIC_REQUIRE(has_default(schema_of<truth>, "true"));
    STATIC_REQUIRE(has_default(schema_of<untruth>, "false"));
    STATIC_REQUIRE(has_default(schema_of<zero>, "0"));
    STATIC_REQUIRE(has_default(schema_of<negative>, "-17"));
    STATIC_REQUIRE(has_default(schema_of<braces>, "0"));
    STATIC_REQUIRE(has_default(schema_of<least>, "-9223372036854775808"));
    STATIC_REQUIRE(has_default(schema_of<greatest>, "18446744073709551615"));
    STATIC_REQUIRE(has_default(schema_of<small>, "255"));
}

TEST_CASE("a number's initialiser is the default, exact and short", "[TD-04.1]") {
    STATIC_REQUIRE(has_default(schema_of<half>, "0.5"));
    STATIC_REQUIRE(has_default(schema_of<tiny>, "1e-7"));
    STATIC_REQUIRE(has_default(schema_of<large>, "1e30"));
    STATIC_REQUIRE(has_default(schema_of<tenth>, "0.1"));
    STATIC_REQUIRE(has_default(schema_of<minus_zero>, "-0.0"));
    STATIC_REQUIRE(has_default(schema_of<whole>, "9007199254740991"));
}

TEST_CASE("no finite default is too long or too far out for the schema", "[TD-04.1]") {
    STATIC_REQUIRE(has_default(schema_of<largest>, "17976931348623157e292"));
    STATIC_REQUIRE(schema_of<largest_within>.find("\"default\":17976931348623157e292") != std::string_view::npos);
    STATIC_REQUIRE(schema_of<largest_inside>.find("\"default\":{\"v\":22250738585072014e-324}") !=
                   std::string_view::npos);
    STATIC_REQUIRE(has_default(schema_of<smallest>, "5e-324"));
    STATIC_REQUIRE(has_default(schema_of<seventeen>, "0.30000000000000004"));
    STATIC_REQUIRE(has_default(schema_of<float_max>, "34028234663852886e22"));
}

TEST_CASE("a string's, an enum's and a vector's initialiser is the default", "[TD-04.1]") {
    STATIC_REQUIRE(has_default(schema_of<text>, R"("say \"hi\"\\\n\u0001")"));
    STATIC_REQUIRE(has_default(schema_of<long_text>, R"("longer than any small string that lies in its object")"));
    STATIC_REQUIRE(has_default(schema_of<named>, R"("green")"));
    STATIC_REQUIRE(has_default(schema_of<numbers>, "[3,-1,2]"));
    STATIC_REQUIRE(has_default(schema_of<words>, R"(["a","b\tc"])"));
}

TEST_CASE("a struct's initialiser is the default where it differs from the struct's own", "[TD-04.1]") {
    STATIC_REQUIRE(
        schema_of<whole_struct>.ends_with(R"(,"default":{"a":5,"b":"y","c":6}}},"additionalProperties":false})"));
    STATIC_REQUIRE(
        schema_of<part_of_struct>.ends_with(R"(,"default":{"a":2,"b":"x"}}},"additionalProperties":false})"));
    STATIC_REQUIRE(schema_of<structs>.ends_with(
        R"(,"default":[{"a":1,"b":"x"},{"a":2,"b":"","c":3}]}},"additionalProperties":false})"));
}

namespace {
struct text_box {
    int width;
    std::string text;
};
struct boxes {
    std::variant<text_box, int> either;
    std::pair<text_box, int> both;
    std::pair<text_box, int> given{{3, "x"}, 4};
    std::variant<text_box, int> number{5};
};
}  // namespace

TEST_CASE("a struct without initialisers stands in a pair or a variant like any other value", "[TD-04.1]") {
    STATIC_REQUIRE(schema_of<boxes>.find(R"("required":["either","both"])") != std::string_view::npos);
    STATIC_REQUIRE(schema_of<boxes>.find(R"("default":[{"width":3,"text":"x"},4])") != std::string_view::npos);
    STATIC_REQUIRE(schema_of<boxes>.find(R"("default":5)") != std::string_view::npos);
}

TEST_CASE("an optional's value is the default", "[TD-04.1]") {
    STATIC_REQUIRE(has_default(schema_of<perhaps>, "4"));
    STATIC_REQUIRE(has_default(schema_of<perhaps_text>, R"("q")"));
    STATIC_REQUIRE(
        schema_of<perhaps_struct>.ends_with(R"(,"default":{"a":9,"b":"x"}}},"additionalProperties":false})"));
    STATIC_REQUIRE(has_default(schema_of<perhaps_list>, "[1,null]"));
}

TEST_CASE("without an initialiser a parameter is required", "[TD-04.1]") {
    STATIC_REQUIRE(is_required(schema_of<no_int>));
    STATIC_REQUIRE(is_required(schema_of<no_bool>));
    STATIC_REQUIRE(is_required(schema_of<no_double>));
    STATIC_REQUIRE(is_required(schema_of<no_enum>));
    STATIC_REQUIRE(is_required(schema_of<no_text>));
}

TEST_CASE("an empty string or list as initialiser reads as none", "[TD-04.1]") {
    STATIC_REQUIRE(is_required(schema_of<empty_text>));
    STATIC_REQUIRE(is_required(schema_of<empty_list>));
    STATIC_REQUIRE(schema_of<struct_as_it_comes>.ends_with(R"("required":["v"],"additionalProperties":false})"));
}

TEST_CASE("a default that JSON can't hold makes the parameter optional and is left out of the schema") {
    STATIC_REQUIRE(schema_of<infinite> ==
                   R"({"type":"object","properties":{"v":{"type":"number"}},"additionalProperties":false})");
    STATIC_REQUIRE(
        schema_of<nameless> ==
        R"({"type":"object","properties":{"v":{"type":"string","enum":["red","green"]}},"additionalProperties":false})");
}
