// SPDX-License-Identifier: BSL-1.0
#include <haft/written/validate.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

std::string basic(std::string_view arguments, std::string_view schema) {
    std::string out;
    for (const std::string& one : haft::validate(arguments, schema, haft::validation::basic))
        out.append(out.empty() ? "" : "; ").append(one);
    return out;
}

constexpr std::string_view schema =
    R"({"type":"object","required":["city"],"properties":{"city":{"type":"string"},"units":{"type":"string"},"n":{"type":"integer"},"x":{"type":"number"},"b":{"type":"boolean"},"l":{"type":"array"},"o":{"type":"object"},"odd":{"type":"colour"},"either":{"type":["string","null"]},"free":{}}})";

}  // namespace

TEST_CASE("basic validation checks what is required, and says so in Qanot's words", "[EX-01.1]") {
    CHECK(basic(R"({"city":"Tashkent","units":42})", schema) == "Parameter 'units' expected string, got int");
    CHECK(basic("{}", schema) == "Missing required parameter: city");
    CHECK(basic(R"({"city":1})", schema) == "Parameter 'city' expected string, got int");
    CHECK(basic(R"({"units":1})", schema) ==
          "Missing required parameter: city; Parameter 'units' expected string, got int");
    CHECK(basic(R"({"city":"a"})", schema).empty());
}

TEST_CASE("basic validation knows the types of the top level by their Python names", "[EX-01.2]") {
    const auto with = [](std::string_view rest) { return basic(R"({"city":"a",)" + std::string(rest) + "}", schema); };
    CHECK(with(R"("n":1.5)") == "Parameter 'n' expected integer, got float");
    CHECK(with(R"("n":"1")") == "Parameter 'n' expected integer, got str");
    CHECK(with(R"("b":1)") == "Parameter 'b' expected boolean, got int");
    CHECK(with(R"("l":{})") == "Parameter 'l' expected array, got dict");
    CHECK(with(R"("o":[])") == "Parameter 'o' expected object, got list");
    CHECK(with(R"("o":null)") == "Parameter 'o' expected object, got NoneType");
    CHECK(with(R"("x":1,"b":true,"l":[1],"o":{"deep":1},"n":2)").empty());
}

TEST_CASE("a boolean is neither integer nor number; an integer is a number", "[EX-01.3]") {
    CHECK(basic(R"({"city":"a","n":true})", schema) == "Parameter 'n' expected integer, got bool");
    CHECK(basic(R"({"city":"a","x":false})", schema) == "Parameter 'x' expected number, got bool");
    CHECK(basic(R"({"city":"a","x":3})", schema).empty());
    CHECK(basic(R"({"city":"a","x":3.5})", schema).empty());
}

TEST_CASE("unknown keys and unknown types pass", "[EX-01.4]") {
    CHECK(basic(R"({"city":"a","unknown":1,"odd":[],"free":null})", schema).empty());
    CHECK(basic(R"({"anything":1})", "{}").empty());
}

TEST_CASE("what is no object is told", "[EX-01.5]") {
    CHECK(basic("[1]", schema) == "Parameters must be a dict, got list");
    CHECK(basic("\"a\"", schema) == "Parameters must be a dict, got str");
    CHECK(basic("null", schema) == "Parameters must be a dict, got NoneType");
    CHECK(basic("{", schema).find("haft-E0201") != std::string::npos);
}

TEST_CASE("a list of types means any of them", "[EX-01.6]") {
    CHECK(basic(R"({"city":"a","either":null})", schema).empty());
    CHECK(basic(R"({"city":"a","either":"x"})", schema).empty());
    CHECK(basic(R"({"city":"a","either":1})", schema) == "Parameter 'either' expected string or null, got int");
}

TEST_CASE("full validation checks everything, with JSON pointers", "[EX-01.7]") {
    const std::string_view deep =
        R"({"type":"object","properties":{"a":{"type":"array","items":{"type":"integer","minimum":2}}},"additionalProperties":false})";
    const auto full = [&](std::string_view arguments) {
        return haft::validate(arguments, deep, haft::validation::full);
    };
    CHECK(full(R"({"a":[2,3]})").empty());
    CHECK(full(R"({"a":[2,1,"x"],"b":1})") ==
          std::vector<std::string>{"/a/1: expected integer of at least 2, got number 1 [haft-E0205]",
                                   "/a/2: expected integer of at least 2, got string \"x\" [haft-E0202]",
                                   "/b: no such parameter; the parameter is a [haft-E0203]"});
    CHECK(haft::validate("{}", R"({"type":"objekt"})", haft::validation::full) ==
          std::vector<std::string>{"/type: no type \"objekt\"; did you mean \"object\"? [haft-E0240]"});
}
