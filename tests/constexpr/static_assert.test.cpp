// SPDX-License-Identifier: BSL-1.0
// A schema is a constant, so a user's test of it is a static_assert: one of each kind of parameter.
#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace static_assert_test {

struct flat {
    std::string city;
    bool metric = true;
};
std::string flat_tool(const flat& q) { return q.city; }
static_assert(
    haft::make<&flat_tool>("…").input_schema ==
    R"({"type":"object","properties":{"city":{"type":"string"},"metric":{"type":"boolean","default":true}},"required":["city"],"additionalProperties":false})");

struct nested {
    flat where;
};
std::string nested_tool(const nested& q) { return q.where.city; }
static_assert(
    haft::make<&nested_tool>("…").input_schema ==
    R"({"type":"object","properties":{"where":{"type":"object","properties":{"city":{"type":"string"},"metric":{"type":"boolean","default":true}},"required":["city"],"additionalProperties":false}},"required":["where"],"additionalProperties":false})");

struct with_optional {
    std::optional<double> height;
};
double optional_tool(const with_optional& q) { return q.height.value_or(0); }
static_assert(haft::make<&optional_tool>("…").input_schema ==
              R"({"type":"object","properties":{"height":{"type":"number"}},"additionalProperties":false})");

enum class unit { celsius, kelvin };
BOOST_DESCRIBE_ENUM(unit, celsius, kelvin)
struct with_enum {
    unit in = unit::kelvin;
};
unit enum_tool(const with_enum& q) { return q.in; }
static_assert(
    haft::make<&enum_tool>("…").input_schema ==
    R"({"type":"object","properties":{"in":{"type":"string","enum":["celsius","kelvin"],"default":"kelvin"}},"additionalProperties":false})");

struct with_vector {
    std::vector<std::string> tags;
};
std::size_t vector_tool(const with_vector& q) { return q.tags.size(); }
static_assert(
    haft::make<&vector_tool>("…").input_schema ==
    R"({"type":"object","properties":{"tags":{"type":"array","items":{"type":"string"}}},"required":["tags"],"additionalProperties":false})");

struct constrained {
    int days = 3;
    static constexpr std::array haft_fields{haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};
};
int constrained_tool(const constrained& q) { return q.days; }
static_assert(
    haft::make<&constrained_tool>("…").input_schema ==
    R"({"type":"object","properties":{"days":{"type":"integer","minimum":1,"maximum":14,"default":3,"description":"Days ahead"}},"additionalProperties":false})");

}  // namespace static_assert_test

TEST_CASE("the schemas that were asserted are those of tools that can be called", "[TD-01]") {
    using namespace static_assert_test;
    CHECK(*haft::make<&flat_tool>("…").call(R"({"city":"Oslo"})") == "\"Oslo\"");
    CHECK(*haft::make<&enum_tool>("…").call("{}") == "\"kelvin\"");
    CHECK(*haft::make<&vector_tool>("…").call(R"({"tags":["a","b"]})") == "2");
    CHECK_FALSE(haft::make<&constrained_tool>("…").call(R"({"days":15})"));
}
