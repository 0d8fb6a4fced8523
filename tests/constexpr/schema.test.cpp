// SPDX-License-Identifier: BSL-1.0
// The exact schema of every kind of parameter and result. The texts are the canonical form of docs/design.md: a change of
// one byte is a change for every client that caches them.
#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace schema_test {

enum class order { ascending, descending };
BOOST_DESCRIBE_ENUM(order, ascending, descending)

struct flat {
    std::string city;
    int days = 3;
    bool metric;
    double height;
};
std::string flat_tool(const flat&) { return {}; }

struct described {
    std::string city;
    int days = 3;
    static constexpr std::array haft_fields{haft::field{"city", "City name, for example \"Stockholm\"\nor Oslo"},
                                            haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};
};
void described_tool(described) {}

struct nothing {};
void nothing_tool(nothing) {}
void bare_tool() {}

struct point {
    double x;
    double y = 0.5;
};
struct nested {
    point from;
    point to{1, 2};
    std::vector<point> via;
    static constexpr std::array haft_fields{haft::field{"from", "Where it begins"}};
};
void nested_tool(const nested&) {}

struct optionals {
    std::optional<int> a;
    std::optional<std::string> b;
    std::optional<point> c;
    std::vector<std::optional<int>> d;
};
void optionals_tool(const optionals&) {}

struct enums {
    order sort;
    order other = order::descending;
    std::vector<order> several;
    std::optional<order> perhaps;
};
void enums_tool(const enums&) {}

struct vectors {
    std::vector<int> numbers;
    std::vector<std::vector<std::string>> rows;
    static constexpr std::array haft_fields{haft::field{"numbers", "", haft::min_items(1), haft::max_items(3)}};
};
void vectors_tool(const vectors&) {}

struct constrained {
    int low;
    long long both;
    unsigned natural;
    double ratio;
    double huge;
    float tenth;
    std::string text;
    std::optional<int> perhaps;
    std::int8_t byte;
    static constexpr std::array haft_fields{
        haft::field{"low", "", haft::minimum(-5)},
        haft::field{"both", "", haft::minimum(-9223372036854775807 - 1), haft::maximum(9223372036854775807)},
        haft::field{"natural", "", haft::minimum(2), haft::maximum(4294967295u)},
        haft::field{"ratio", "", haft::minimum(0), haft::maximum(0.25)},
        haft::field{"huge", "", haft::minimum(-1e300), haft::maximum(1.7976931348623157e308)},
        haft::field{"tenth", "", haft::maximum(0.1)},
        haft::field{"text", "", haft::min_length(1), haft::max_length(20)},
        haft::field{"perhaps", "If at all", haft::maximum(9)},
        haft::field{"byte", "", haft::maximum(100)}};
};
void constrained_tool(const constrained&) {}

struct narrow {
    std::uint8_t u8;
    std::int8_t i8;
    std::int16_t i16;
    std::uint16_t u16;
    std::uint32_t u32;
    std::uint64_t u64;
    std::int32_t i32;
    std::int64_t i64;
    float f;
};
void narrow_tool(const narrow&) {}

struct marked {
    int must = 3;
    std::string may;
    std::vector<int> might;
    std::optional<int> needed;
    static constexpr std::array haft_fields{
        haft::field{"must", "", haft::required}, haft::field{"may", "", haft::not_required},
        haft::field{"might", "", haft::not_required}, haft::field{"needed", "", haft::required}};
};
void marked_tool(const marked&) {}

struct not_mine {  // as if from a library
    int x = 1;
    std::string y;
};
void not_mine_tool(const not_mine&) {}

struct outcome {
    int code = 7;
    std::string text;
    std::optional<double> score;
    std::vector<point> path;
    static constexpr std::array haft_fields{haft::field{"code", "0 is success", haft::minimum(0)}};
};
outcome outcome_tool(flat) { return {}; }
std::vector<std::optional<bool>> list_tool(flat) { return {}; }
order enum_tool() { return {}; }
std::optional<int> optional_tool() { return {}; }

}  // namespace schema_test

template <>
inline constexpr std::array haft::fields_of<schema_test::not_mine>{
    haft::field{"y", "Words from outside", haft::max_length(8)}, haft::field{"x", "", haft::minimum(0)}};

using namespace schema_test;

TEST_CASE("a flat struct is a closed object of its members, in their order", "[TD-01][TD-04.1]") {
    STATIC_REQUIRE(
        haft::make<&flat_tool>("").input_schema ==
        R"({"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","default":3},"metric":{"type":"boolean"},)"
        R"("height":{"type":"number"}},"required":["city","metric","height"],"additionalProperties":false})");
}

TEST_CASE("words stand after type, limits and default, escaped", "[TD-01]") {
    STATIC_REQUIRE(
        haft::make<&described_tool>("").input_schema ==
        R"({"type":"object","properties":{"city":{"type":"string","description":"City name, for example \"Stockholm\"\nor Oslo"},)"
        R"("days":{"type":"integer","minimum":1,"maximum":14,"default":3,"description":"Days ahead"}},"required":["city"],)"
        R"("additionalProperties":false})");
}

TEST_CASE("without parameters the schema is the empty closed object, struct or not") {
    STATIC_REQUIRE(haft::make<&nothing_tool>("").input_schema ==
                   R"({"type":"object","properties":{},"additionalProperties":false})");
    STATIC_REQUIRE(haft::make<&bare_tool>("").input_schema ==
                   R"({"type":"object","properties":{},"additionalProperties":false})");
}

TEST_CASE("a struct in a struct is an object in an object, closed too") {
    STATIC_REQUIRE(
        haft::make<&nested_tool>("").input_schema ==
        R"({"type":"object","properties":{)"
        R"("from":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number","default":0.5}},"required":["x"],)"
        R"("additionalProperties":false,"description":"Where it begins"},)"
        R"("to":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number","default":0.5}},"required":["x"],)"
        R"("additionalProperties":false,"default":{"x":1,"y":2}},)"
        R"("via":{"type":"array","items":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number","default":0.5}},)"
        R"("required":["x"],"additionalProperties":false}}},)"
        R"("required":["from","via"],"additionalProperties":false})");
}

TEST_CASE("a std::optional member is its value's schema and not required; in an array it is a value or null",
          "[TD-04.1]") {
    STATIC_REQUIRE(
        haft::make<&optionals_tool>("").input_schema ==
        R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"},)"
        R"("c":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number","default":0.5}},"required":["x"],)"
        R"("additionalProperties":false},)"
        R"("d":{"type":"array","items":{"anyOf":[{"type":"integer"},{"type":"null"}]}}},"required":["d"],"additionalProperties":false})");
}

TEST_CASE("an enum is the strings of its names") {
    STATIC_REQUIRE(
        haft::make<&enums_tool>("").input_schema ==
        R"({"type":"object","properties":{"sort":{"type":"string","enum":["ascending","descending"]},)"
        R"("other":{"type":"string","enum":["ascending","descending"],"default":"descending"},)"
        R"("several":{"type":"array","items":{"type":"string","enum":["ascending","descending"]}},)"
        R"("perhaps":{"type":"string","enum":["ascending","descending"]}},"required":["sort","several"],"additionalProperties":false})");
}

TEST_CASE("a vector is an array, its limits after its items") {
    STATIC_REQUIRE(
        haft::make<&vectors_tool>("").input_schema ==
        R"({"type":"object","properties":{"numbers":{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":3},)"
        R"("rows":{"type":"array","items":{"type":"array","items":{"type":"string"}}}},"required":["numbers","rows"],)"
        R"("additionalProperties":false})");
}

TEST_CASE("the author's limits stand as they were given, at any magnitude") {
    STATIC_REQUIRE(
        haft::make<&constrained_tool>("").input_schema ==
        R"({"type":"object","properties":{"low":{"type":"integer","minimum":-5},)"
        R"("both":{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807},)"
        R"("natural":{"type":"integer","minimum":2,"maximum":4294967295},)"
        R"("ratio":{"type":"number","minimum":0,"maximum":0.25},)"
        R"("huge":{"type":"number","minimum":-1e300,"maximum":17976931348623157e292},)"
        R"("tenth":{"type":"number","maximum":0.1},)"
        R"("text":{"type":"string","minLength":1,"maxLength":20},)"
        R"("perhaps":{"type":"integer","maximum":9,"description":"If at all"},)"
        R"("byte":{"type":"integer","minimum":-128,"maximum":100}},)"
        R"("required":["low","both","natural","ratio","huge","tenth","text","byte"],"additionalProperties":false})");
}

TEST_CASE("limits of 8-bit, 16-bit and unsigned types are listed, those of the others are not") {
    STATIC_REQUIRE(
        haft::make<&narrow_tool>("").input_schema ==
        R"({"type":"object","properties":{"u8":{"type":"integer","minimum":0,"maximum":255},)"
        R"("i8":{"type":"integer","minimum":-128,"maximum":127},"i16":{"type":"integer","minimum":-32768,"maximum":32767},)"
        R"("u16":{"type":"integer","minimum":0,"maximum":65535},"u32":{"type":"integer","minimum":0,"maximum":4294967295},)"
        R"("u64":{"type":"integer","minimum":0},"i32":{"type":"integer"},"i64":{"type":"integer"},"f":{"type":"number"}},)"
        R"("required":["u8","i8","i16","u16","u32","u64","i32","i64","f"],"additionalProperties":false})");
}

TEST_CASE("haft::required and haft::not_required overrule what the initialisers say", "[TD-04.1]") {
    STATIC_REQUIRE(
        haft::make<&marked_tool>("").input_schema ==
        R"({"type":"object","properties":{"must":{"type":"integer"},"may":{"type":"string"},)"
        R"("might":{"type":"array","items":{"type":"integer"}},"needed":{"type":"integer"}},"required":["must","needed"],)"
        R"("additionalProperties":false})");
}

TEST_CASE("fields_of gives words to a struct that can't be edited, in any order") {
    STATIC_REQUIRE(
        haft::make<&not_mine_tool>("").input_schema ==
        R"({"type":"object","properties":{"x":{"type":"integer","minimum":0,"default":1},)"
        R"("y":{"type":"string","maxLength":8,"description":"Words from outside"}},"required":["y"],"additionalProperties":false})");
}

TEST_CASE("a result has everything but empty optionals, and no defaults") {
    STATIC_REQUIRE(
        haft::make<&outcome_tool>("").output_schema ==
        R"({"type":"object","properties":{"code":{"type":"integer","description":"0 is success"},"text":{"type":"string"},)"
        R"("score":{"type":"number"},"path":{"type":"array","items":{"type":"object","properties":{"x":{"type":"number"},)"
        R"("y":{"type":"number"}},"required":["x","y"],"additionalProperties":false}}},)"
        R"("required":["code","text","path"],"additionalProperties":false})");
}

TEST_CASE("a result that is no struct has a schema too; void has none") {
    STATIC_REQUIRE(haft::make<&flat_tool>("").output_schema == R"({"type":"string"})");
    STATIC_REQUIRE(haft::make<&list_tool>("").output_schema ==
                   R"({"type":"array","items":{"anyOf":[{"type":"boolean"},{"type":"null"}]}})");
    STATIC_REQUIRE(haft::make<&enum_tool>("").output_schema ==
                   R"({"type":"string","enum":["ascending","descending"]})");
    STATIC_REQUIRE(haft::make<&optional_tool>("").output_schema == R"({"anyOf":[{"type":"integer"},{"type":"null"}]})");
    STATIC_REQUIRE(haft::make<&bare_tool>("").output_schema.empty());
}

TEST_CASE("the schema's bytes end with a zero that is not part of it, as a literal's do") {
    constexpr std::string_view text = haft::make<&nothing_tool>("").input_schema;
    STATIC_REQUIRE(text.data()[text.size()] == '\0');
}

namespace {
struct shared_words {
    int days = 1;
    static constexpr std::array haft_fields{haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};
};
shared_words shared_tool(const shared_words& w) { return w; }
}  // namespace

TEST_CASE("limits are for arguments; a result is not held to them, so its schema has none") {
    STATIC_REQUIRE(haft::make<&shared_tool>("").input_schema ==
                   R"({"type":"object","properties":{"days":{"type":"integer","minimum":1,"maximum":14,"default":1,)"
                   R"("description":"Days ahead"}},"additionalProperties":false})");
    STATIC_REQUIRE(haft::make<&shared_tool>("").output_schema ==
                   R"({"type":"object","properties":{"days":{"type":"integer","description":"Days ahead"}},)"
                   R"("required":["days"],"additionalProperties":false})");
}
