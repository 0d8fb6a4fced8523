// SPDX-License-Identifier: BSL-1.0
#include <haft/host/outline.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace {
std::string type_of(std::string_view schema) {
    return haft::host::outline(R"({"type":"object","properties":{"p":)" + std::string(schema) + "}}").at(0).type;
}
}  // namespace

TEST_CASE("a parameter's type is told in a few words") {
    CHECK(type_of(R"({"type":"integer","minimum":1,"maximum":14})") == "integer 1..14");
    CHECK(type_of(R"({"type":"number","minimum":0.5})") == "number >= 0.5");
    CHECK(type_of(R"({"type":"string","maxLength":20})") == "string <= 20 characters");
    CHECK(type_of(R"({"type":"string","minLength":1})") == "string >= 1 character");
    CHECK(type_of(R"({"type":"array","items":{"type":"string"},"maxItems":8})") == "[string] <= 8 items");
    CHECK(type_of(R"({"type":"string","enum":["a","b \"c\""]})") == "a | b \"c\"");
    CHECK(type_of(R"({"type":"object","properties":{"x":{},"y":{}},"required":["x"]})") == "{x, y?}");
    CHECK(type_of(R"({"anyOf":[{"type":"integer"},{"type":"null"}]})") == "integer or null");
    CHECK(type_of(R"({"type":"object","additionalProperties":{"type":"integer"}})") == "{*: integer}");
    CHECK(type_of(R"({"type":"object","properties":{},"additionalProperties":false})") == "{}");
    CHECK(
        type_of(R"({"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"minItems":2,"maxItems":2})") ==
        "[integer, string]");
    CHECK(type_of(R"({"type":"array","items":{"$ref":"#/$defs/node"}})") == "[node]");
    CHECK(type_of(R"({"type":"number","exclusiveMinimum":0,"maximum":1})") == "number <= 1 > 0");
    CHECK(type_of(R"({"type":"string","format":"date"})") == "string (date)");
    CHECK(type_of("{}") == "any");
    CHECK(type_of("true") == "any");
}

TEST_CASE("parameters come in the order of the schema, with need, default and description") {
    const auto all = haft::host::outline(
        R"({"type":"object","properties":{"b":{"type":"integer","default":3},"a":{"type":"string","description":"Say \"hi\""}},"required":["a"]})");
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "b");
    CHECK_FALSE(all[0].required);
    CHECK(all[0].default_text == "3");
    CHECK(all[1].name == "a");
    CHECK(all[1].required);
    CHECK(all[1].description == "Say \"hi\"");
    CHECK(haft::host::outline("{}").empty());
    CHECK(haft::host::outline("[]").empty());
}
