// SPDX-License-Identifier: BSL-1.0
// The dialects, keyword by keyword. That the vendors' own converters agree is checked in tests/conformance/formats.
#include <haft/format/anthropic_schema.hpp>
#include <haft/format/gemini_schema.hpp>
#include <haft/format/openai_schema.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace {

using haft::formats::dialect_schema;

std::string shown(const dialect_schema& s) { return s ? s.text : "obstacle: " + s.obstacle; }
std::string object(std::string_view member, bool required) {
    return R"({"type":"object","properties":{"x":)" + std::string(member) + "}" +
           (required ? R"(,"required":["x"])" : "") + R"(,"additionalProperties":false})";
}
/// What becomes of one member of an object; an obstacle is given from its place on.
std::string member_of(const dialect_schema& s, std::string_view before, std::string_view after) {
    if (!s) return "obstacle: " + s.obstacle;
    const std::string& t = s.text;
    if (!t.starts_with(before) || !t.ends_with(after)) return t;
    return t.substr(before.size(), t.size() - before.size() - after.size());
}
std::string openai(std::string_view member, bool required = true) {
    return member_of(haft::formats::openai_strict_schema(object(member, required)),
                     R"({"type":"object","properties":{"x":)", R"(},"required":["x"],"additionalProperties":false})");
}
std::string anthropic(std::string_view member) {
    return member_of(haft::formats::anthropic_strict_schema(object(member, true)),
                     R"({"type":"object","properties":{"x":)", R"(},"required":["x"],"additionalProperties":false})");
}
std::string gemini(std::string_view member) {
    return member_of(haft::formats::gemini_openapi_schema(object(member, true)),
                     R"({"type":"OBJECT","properties":{"x":)", R"(},"required":["x"],"propertyOrdering":["x"]})");
}

}  // namespace

TEST_CASE("OpenAI, strict: what need not be given may be null", "[IO-01][IO-03]") {
    CHECK(openai(R"({"type":"string"})") == R"({"type":"string"})");
    CHECK(openai(R"({"type":"string"})", false) == R"({"type":["string","null"]})");
    CHECK(openai(R"({"type":["string","integer"]})", false) == R"({"type":["string","integer","null"]})");
    CHECK(openai(R"({"type":["string"]})") == R"({"type":"string"})");
    CHECK(openai(R"({"type":["null","string"]})", false) == R"({"type":["null","string"]})");
    CHECK(openai(R"({"type":"null"})", false) == R"({"type":["null"]})");
    CHECK(openai(R"({"type":"string","enum":["a","b"]})", false) ==
          R"({"type":["string","null"],"enum":["a","b",null]})");
    CHECK(openai(R"({"enum":[1,2.5,true]})", false) == R"({"enum":[1,2.5,true,null]})");
    CHECK(openai(R"({"enum":["a",null]})", false) == R"({"enum":["a",null]})");
    CHECK(openai(R"({"const":"a"})") == R"({"const":"a"})");
    CHECK(openai(R"({"type":"string","const":"a","description":"d"})", false) ==
          R"({"anyOf":[{"type":"string","const":"a"},{"type":"null"}],"description":"d"})");
    CHECK(openai(R"({"anyOf":[{"type":"string"},{"type":"integer"}],"description":"d"})", false) ==
          R"({"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}],"description":"d"})");
    CHECK(openai(R"({"anyOf":[{"type":"string"},{"type":"null"}]})", false) ==
          R"({"anyOf":[{"type":"string"},{"type":"null"}]})");
    CHECK(openai(R"({"oneOf":[{"type":"string"},{"type":"integer"}]})") ==
          R"({"anyOf":[{"type":"string"},{"type":"integer"}]})");
    CHECK(openai(R"({"type":"array","items":{"type":"string"}})", false) ==
          R"({"type":["array","null"],"items":{"type":"string"}})");
    CHECK(
        openai(R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["b"]})",
               false) ==
        R"({"type":["object","null"],"properties":{"a":{"type":["integer","null"]},"b":{"type":"integer"}},"required":["a","b"],"additionalProperties":false})");
}

TEST_CASE("OpenAI, strict: where null is a value, nothing says that a member is not given", "[IO-01][IO-03]") {
    const std::string_view note = "null: a value like others; for the default write it out}";
    CHECK(openai(R"({"anyOf":[{"type":"null"},{"type":"integer"}],"default":5,"description":"d"})", false) ==
          R"({"anyOf":[{"type":"null"},{"type":"integer"}],"description":"d\n\n{default: 5, )" + std::string(note) +
              "\"}");
    CHECK(openai(R"({"type":["integer","null"],"default":5})", false) ==
          R"({"type":["integer","null"],"description":"{default: 5, )" + std::string(note) + "\"}");
    for (const std::string_view plain :
         {R"({"anyOf":[{"type":"null"},{"type":"integer"}],"default":null})", R"({"type":"integer","default":5})",
          R"({"anyOf":[{"type":"null"},{"type":"integer"}]})"})
        CHECK(openai(plain, false).find("a value like others") == std::string::npos);
    CHECK(openai(R"({"type":["integer","null"],"default":5})", true).find("a value like others") == std::string::npos);
}

TEST_CASE("OpenAI, strict: what the mode lacks stands in the description", "[IO-01]") {
    CHECK(
        openai(
            R"({"type":"integer","minimum":1,"maximum":9,"exclusiveMinimum":0,"multipleOf":3,"title":"T","description":"d"})") ==
        R"({"type":"integer","minimum":1,"maximum":9,"exclusiveMinimum":0,"multipleOf":3,"title":"T","description":"d"})");
    CHECK(
        openai(
            R"({"type":"string","minLength":1,"maxLength":5,"pattern":"^a","default":"x","examples":["y"],"description":"d"})") ==
        R"({"type":"string","pattern":"^a","description":"d\n\n{minLength: 1, maxLength: 5, default: \"x\", examples: [\"y\"]}"})");
    CHECK(openai(R"r({"type":"string","pattern":"(?=a)"})r") ==
          R"r({"type":"string","description":"{pattern: \"(?=a)\"}"})r");
    CHECK(openai(R"({"type":"string","format":"uuid"})") == R"({"type":"string","format":"uuid"})");
    CHECK(openai(R"({"type":"string","format":"uri"})") == R"({"type":"string","description":"{format: \"uri\"}"})");
    CHECK(
        openai(R"({"type":"array","items":{"type":"string"},"minItems":1,"maxItems":2,"uniqueItems":true})") ==
        R"({"type":"array","items":{"type":"string"},"minItems":1,"maxItems":2,"description":"{uniqueItems: true}"})");
    CHECK(openai(R"({"type":"boolean","default":null,"x-mine":{"a": [1, 2]}})") ==
          R"({"type":"boolean","description":"{default: null, x-mine: {\"a\":[1,2]}}"})");
    CHECK(openai(R"({"type":"string","$comment":"for us"})") == R"({"type":"string"})");
}

TEST_CASE("OpenAI, strict: a reference stands alone", "[IO-01]") {
    const auto with = [](std::string_view member, bool required) {
        return R"({"type":"object","properties":{"x":)" + std::string(member) + "}" +
               (required ? R"(,"required":["x"])" : "") +
               R"(,"additionalProperties":false,"$defs":{"n":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}},"additionalProperties":false}}})";
    };
    const auto x = [&](std::string_view member, bool required) {
        const dialect_schema s = haft::formats::openai_strict_schema(with(member, required));
        REQUIRE(s);
        CHECK(
            s.text.find(
                R"("$defs":{"n":{"type":"object","properties":{"n":{"anyOf":[{"$ref":"#/$defs/n"},{"type":"null"}]}},"required":["n"],"additionalProperties":false}})") !=
            std::string::npos);
        return s.text.substr(35, s.text.find(R"(},"required")") - 35);
    };
    CHECK(x(R"({"$ref":"#/$defs/n"})", true) == R"({"$ref":"#/$defs/n"})");
    CHECK(x(R"({"$ref":"#/$defs/n","description":"d"})", true) ==
          R"({"anyOf":[{"$ref":"#/$defs/n"}],"description":"d"})");
    CHECK(x(R"({"$ref":"#/$defs/n","default":{}})", false) ==
          R"({"anyOf":[{"$ref":"#/$defs/n"},{"type":"null"}],"description":"{default: {}}"})");
}

TEST_CASE("OpenAI, strict: what can't be said is an obstacle with its place", "[IO-01][IO-03]") {
    CHECK(openai(R"({"type":"object","additionalProperties":{"type":"string"}})") ==
          "obstacle: /properties/x: a map (additionalProperties with a schema)");
    CHECK(openai(R"({"type":"object","properties":{},"additionalProperties":true})") ==
          "obstacle: /properties/x: an open object (additionalProperties: true)");
    CHECK(openai("{}") == "obstacle: /properties/x: any value (a schema without a type)");
    CHECK(openai("true") == "obstacle: /properties/x: any value (a schema without a type)");
    CHECK(openai(R"({"description":"anything"})") == "obstacle: /properties/x: any value (a schema without a type)");
    CHECK(openai(R"({"type":"object"})") == "obstacle: /properties/x: an object of any members");
    CHECK(openai(R"({"type":"array"})") == "obstacle: /properties/x: an array of anything");
    CHECK(openai(R"({"type":"array","items":{}})") ==
          "obstacle: /properties/x/items: any value (a schema without a type)");
    CHECK(openai(R"({"type":"array","prefixItems":[{"type":"string"}],"minItems":1,"maxItems":1})") ==
          "obstacle: /properties/x: a tuple (prefixItems)");
    CHECK(openai(R"({"type":"array","items":[{"type":"string"}]})") ==
          "obstacle: /properties/x: a tuple (items as a list)");
    CHECK(openai(R"({"type":"object","patternProperties":{}})") ==
          "obstacle: /properties/x: a map by patterns (patternProperties)");
    CHECK(openai(R"({"type":"object","propertyNames":{},"properties":{}})") ==
          "obstacle: /properties/x: a map (propertyNames)");
    CHECK(openai(R"({"anyOf":[{"type":"string"},{}]})") ==
          "obstacle: /properties/x/anyOf/1: any value (a schema without a type)");
    CHECK(openai(R"({"type":"string","not":{"const":""}})") == "obstacle: /properties/x: a negation (not)");
    CHECK(openai(R"({"type":"object","properties":{"a/b~":{}},"required":["a/b~"]})") ==
          "obstacle: /properties/x/properties/a~1b~0: any value (a schema without a type)");
    CHECK(openai(R"({"type":"object","properties":{},"required":["y"]})") ==
          "obstacle: /properties/x: a required member that is not declared");
    CHECK(openai(R"({"type":"string","enum":"a"})") == "obstacle: /properties/x: a malformed enum");
    CHECK(openai(R"({"type":[]})") == "obstacle: /properties/x: a malformed type");
    CHECK(openai(R"({"$ref":"other.json"})") == "obstacle: /properties/x: a reference to another document");
    CHECK(openai(R"({"allOf":[{"type":"string"}]})") ==
          "obstacle: /properties/x: the keyword allOf, which strict mode lacks");
    CHECK(shown(haft::formats::openai_strict_schema(R"({"anyOf":[{"type":"object"}]})")) ==
          "obstacle: the schema: the root is not of type object");
    CHECK(shown(haft::formats::openai_strict_schema(R"({"type":"object"})")) ==
          R"({"type":"object","properties":{},"required":[],"additionalProperties":false})");
}

TEST_CASE("a schema written by hand may have blanks and escapes anywhere", "[IO-01]") {
    CHECK(
        shown(haft::formats::openai_strict_schema(
            "{ \"type\" : \"object\",\n \"properties\" : { \"\\u0061\" : { \"type\" : \"string\" , "
            "\"enum\" : [ \"p q\" , \"r\" ] , \"minLength\" : 1 } } ,\n\"required\" : [ \"a\" ] }\n")) ==
        R"({"type":"object","properties":{"\u0061":{"type":"string","enum":["p q","r"],"description":"{minLength: 1}"}},"required":["\u0061"],"additionalProperties":false})");
}

TEST_CASE("whatever stands in a schema, what comes out is JSON or an obstacle", "[IO-01]") {
    unsigned tried = 0;
    for (const std::string_view keyword :
         {"type",     "enum",       "const",       "anyOf",      "oneOf",       "allOf",
          "$ref",     "$defs",      "definitions", "properties", "required",    "additionalProperties",
          "items",    "minItems",   "maxItems",    "minLength",  "minimum",     "pattern",
          "format",   "default",    "examples",    "title",      "description", "$schema",
          "$comment", "x \\\"y\\\\"})
        for (const std::string_view value :
             {"null", "true", "false", "7", "-1.5e3", R"("x")", R"("object")", R"("array")", R"("null")", "[]", "[ ]",
              "[null]", "[7]", "{}", R"({"a":1})", R"([{"type":"string"}, 3])", R"({"a":{"type":"string"}})"})
            for (const std::string_view more :
                 {"", R"(,"type":"string")", R"(,"type":["object","null"],"properties":{"b":{"type":"null"}})",
                  R"(,"type":"array","items":{"type":"integer"})", R"(,"enum":["a"])"})
                for (const bool required : {true, false}) {
                    const std::string member =
                        R"({")" + std::string(keyword) + R"(":)" + std::string(value) + std::string(more) + "}";
                    CAPTURE(member, required);
                    REQUIRE(haft::json::is_json(member));
                    for (const dialect_schema& s : {haft::formats::openai_strict_schema(object(member, required)),
                                                    haft::formats::anthropic_strict_schema(object(member, required)),
                                                    haft::formats::gemini_openapi_schema(object(member, required)),
                                                    haft::formats::openai_strict_schema(member)}) {
                        ++tried;
                        if (s && !haft::json::is_json(s.text)) FAIL_CHECK(s.text);
                    }
                }
    CHECK(tried == 26 * 17 * 5 * 2 * 4);
}

TEST_CASE("nesting is bounded by the lexer", "[IO-01]") {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += R"({"type":"array","items":)";
    const std::string open = R"({"type":"object","properties":{"x":)" + deep;
    for (const dialect_schema& s :
         {haft::formats::openai_strict_schema(open), haft::formats::anthropic_strict_schema(open),
          haft::formats::gemini_openapi_schema(open), haft::formats::openai_strict_schema("")})
        CHECK(s.obstacle == "the schema: no JSON, or nested too deeply");
    std::string fits = R"({"type":"string"})";
    for (int i = 0; i < 200; ++i) fits = R"({"type":"array","items":)" + fits + "}";
    CHECK(openai(fits) == fits);
    CHECK(anthropic(fits) == fits);
}

TEST_CASE("Anthropic, strict: parameters stay optional; limits stand in the description", "[IO-01]") {
    CHECK(
        shown(haft::formats::anthropic_strict_schema(
            object(R"({"type":"integer","minimum":1,"default":3,"description":"d"})", false))) ==
        R"({"type":"object","properties":{"x":{"type":"integer","description":"d\n\n{minimum: 1, default: 3}"}},"additionalProperties":false})");
    CHECK(anthropic(R"({"type":"string","enum":["a"]})") == R"({"enum":["a"]})");
    CHECK(anthropic(R"({"type":"string","format":"uri"})") == R"({"type":"string","format":"uri"})");
    CHECK(anthropic(R"({"type":"string","format":"regex","minLength":1})") ==
          R"({"type":"string","description":"{minLength: 1, format: \"regex\"}"})");
    CHECK(anthropic(R"({"type":"array","items":{"type":"string"},"minItems":1,"maxItems":2})") ==
          R"({"type":"array","items":{"type":"string"},"minItems":1,"description":"{maxItems: 2}"})");
    CHECK(anthropic(R"({"type":"array","items":{"type":"string"},"minItems":2,"maxItems":2})") ==
          R"({"type":"array","items":{"type":"string"},"description":"{maxItems: 2, minItems: 2}"})");
    CHECK(anthropic(R"({"oneOf":[{"type":"string"},{"type":"null"}]})") ==
          R"({"anyOf":[{"type":"string"},{"type":"null"}]})");
}

TEST_CASE("Anthropic, strict: obstacles", "[IO-01]") {
    CHECK(anthropic(R"({"type":"object","additionalProperties":{"type":"string"}})") ==
          "obstacle: /properties/x: a map (additionalProperties with a schema)");
    CHECK(anthropic("{}") == "obstacle: /properties/x: any value (a schema without a type)");
    CHECK(anthropic(R"({"type":"array","prefixItems":[]})") == "obstacle: /properties/x: a tuple (prefixItems)");
    const auto defs = [](std::string_view definitions) {
        return shown(haft::formats::anthropic_strict_schema(
            R"({"type":"object","properties":{"x":{"$ref":"#/$defs/a"}},"$defs":)" + std::string(definitions) + "}"));
    };
    CHECK(
        defs(R"({"a":{"type":"string"}})") ==
        R"({"$defs":{"a":{"type":"string"}},"type":"object","properties":{"x":{"$ref":"#/$defs/a"}},"additionalProperties":false})");
    for (const std::string_view recursive :
         {R"({"a":{"type":"array","items":{"$ref":"#/$defs/a"}}})",
          R"({"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"type":"array","items":{"$ref":"#/$defs/a"}}})",
          R"({"a":{"type":"array","items":{"$ref":"#"}}})"})
        CHECK(defs(recursive) == "obstacle: the schema: a type that holds itself");
    CHECK(defs(R"({"a":{"$ref":"#/$defs/b"},"b":{"type":"string"}})").starts_with("{"));
}

TEST_CASE("Gemini's own schema: types in upper case, null as a flag, whole limits as texts", "[IO-01]") {
    CHECK(
        gemini(
            R"({"type":"string","minLength":1,"maxLength":9,"pattern":"^a","default":"b","title":"T","description":"d"})") ==
        R"({"type":"STRING","minLength":"1","maxLength":"9","pattern":"^a","default":"b","title":"T","description":"d"})");
    CHECK(gemini(R"({"type":["integer","null"],"minimum":1,"exclusiveMaximum":9})") ==
          R"({"type":"INTEGER","nullable":true,"minimum":1,"description":"{exclusiveMaximum: 9}"})");
    CHECK(gemini(R"({"anyOf":[{"type":"string"},{"type":"null"}]})") == R"({"type":"STRING","nullable":true})");
    CHECK(
        gemini(
            R"({"anyOf":[{"type":"null"},{"type":"string","description":"in","minLength":1}],"description":"out","default":null})") ==
        R"({"type":"STRING","nullable":true,"minLength":"1","description":"out"})");
    CHECK(gemini(R"({"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}],"description":"d"})") ==
          R"({"anyOf":[{"type":"STRING"},{"type":"INTEGER"}],"nullable":true,"description":"d"})");
    CHECK(gemini(R"({"type":"integer","enum":[1,2]})") == R"({"type":"INTEGER","format":"enum","enum":["1","2"]})");
    CHECK(gemini(R"({"enum":["a",null],"type":["string","null"]})") ==
          R"({"type":"STRING","nullable":true,"format":"enum","enum":["a"]})");
    CHECK(gemini(R"({"const":"a"})") == R"({"type":"STRING","format":"enum","enum":["a"]})");
    CHECK(gemini(R"({"type":"boolean","enum":[true]})") == R"({"type":"BOOLEAN","description":"{enum: [true]}"})");
    CHECK(gemini(R"({"type":"string","format":"uuid","examples":["x","y"]})") ==
          R"({"type":"STRING","example":"x","description":"{format: \"uuid\"}"})");
    CHECK(gemini(R"({"type":"array","items":{"type":"number"},"minItems":2,"uniqueItems":true})") ==
          R"({"type":"ARRAY","items":{"type":"NUMBER"},"minItems":"2","description":"{uniqueItems: true}"})");
}

TEST_CASE("Gemini's own schema: obstacles", "[IO-01]") {
    CHECK(gemini(R"({"type":"object","additionalProperties":{"type":"string"}})") ==
          "obstacle: /properties/x: a map (additionalProperties with a schema)");
    CHECK(gemini(R"({"$ref":"#/$defs/a"})") == "obstacle: /properties/x: a type that is referred to ($ref)");
    CHECK(gemini(R"({"type":"object","properties":{}})") == "obstacle: /properties/x: an object of any members");
    CHECK(gemini(R"({"type":["string","integer"]})") == "obstacle: /properties/x: several types; write anyOf");
    CHECK(gemini(R"({"type":"object","properties":{"a-b":{"type":"string"}}})") ==
          "obstacle: /properties/x: a parameter named \"a-b\"; legal are 1 to 64 of A-Z a-z 0-9 _, no digit first");
}
