// SPDX-License-Identifier: BSL-1.0
#include <haft/json/exact_number.hpp>
#include <haft/written/written_schema.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace {

haft::written_schema compiled(std::string_view text) {
    auto schema = haft::written_schema::compile(text);
    if (!schema) FAIL(schema.error().text());
    return *schema;
}
std::string refusal(std::string_view text) {
    const auto schema = haft::written_schema::compile(text);
    return schema ? "" : schema.error().text();
}
std::string faults(std::string_view schema, std::string_view value) {
    std::string out;
    for (const haft::fault& f : compiled(schema).validate(value).faults) out += f.text() + "\n";
    return out;
}
std::string times(std::string_view text, std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += text;
    return out;
}

}  // namespace

TEST_CASE("an unknown keyword is refused, never ignored", "[fault-53]") {
    CHECK(refusal(R"({"unevaluatedProperties":false})") ==
          "the schema can't be used: 1 fault\n- /unevaluatedProperties: the keyword \"unevaluatedProperties\" is not "
          "supported here; say it in other words, or check with a full validator [haft-E0240]");
    CHECK(refusal(R"({"properties":{"a":{"minLenght":1}}})").find(R"(did you mean "minLength"?)") != std::string::npos);
    CHECK(refusal(R"({"dependencies":{}})").find("is not supported here") != std::string::npos);
    CHECK(refusal(R"({"$schema":"http://json-schema.org/draft-07/schema#"})").find("the dialect is") !=
          std::string::npos);
    CHECK(refusal(R"({"x-internal":{"unevaluatedProperties":1}})").empty());
    CHECK(refusal(R"({"title":"t","description":"d","default":1,"examples":[1],"format":"date","$comment":"c"})")
              .empty());
}

TEST_CASE("a reference that loops or leads out is refused, and nothing is fetched", "[fault-54]") {
    constexpr std::string_view loop = "this schema leads back to itself without taking a step into the value";
    for (const std::string_view text :
         {R"({"$ref":"#"})", R"({"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"})",
          R"({"allOf":[{"anyOf":[{"not":{"$ref":"#"}}]}]})", R"({"if":{"$ref":"#"}})",
          R"({"$defs":{"a":{"oneOf":[{"$ref":"#/$defs/a"}]}}})", R"({"dependentSchemas":{"x":{"$ref":"#"}}})"}) {
        INFO(text);
        CHECK(refusal(text).find(loop) != std::string::npos);
    }
    for (const std::string_view to :
         {"http://localhost:1/schema", "file:///etc/passwd", "other.json", "//host/x", "urn:uuid:1"}) {
        INFO(to);
        CHECK(refusal(R"({"$ref":")" + std::string(to) + R"("})").find("nothing is ever fetched") != std::string::npos);
    }
    CHECK(refusal(R"({"$ref":"#/$defs/none"})").find("leads nowhere") != std::string::npos);
    CHECK(refusal(R"({"$ref":"#anchor"})").find("is no JSON pointer") != std::string::npos);
    CHECK(refusal(R"({"$ref":"#/%zz"})").find("is no JSON pointer") != std::string::npos);
    CHECK(refusal(R"({"$ref":"#/enum/7","enum":[1]})").find("leads nowhere") != std::string::npos);
    CHECK(refusal(R"({"$ref":"#/~2"})").find("leads nowhere") != std::string::npos);
}

TEST_CASE("a schema that refers to itself within a value is followed as deep as values are read", "[fault-54]") {
    const auto tree = compiled(
        R"({"type":"object","properties":{"left":{"$ref":"#"},"n":{"type":"integer"}},"additionalProperties":false})");
    CHECK(tree.accepts(R"({"left":{"left":{"n":1}}})"));
    CHECK_FALSE(tree.accepts(R"({"left":{"left":{"n":"1"}}})"));
    haft::json::read_limits deep;
    deep.max_depth = 512;
    const std::string value = times(R"({"left":)", 500) + "{}" + times("}", 500);
    CHECK(tree.validate(value, deep).ok());
    CHECK_FALSE(tree.validate(times(R"({"left":)", 600) + "{}" + times("}", 600), deep).ok());
}

TEST_CASE("a pattern runs in linear time or is refused", "[fault-55]") {
    CHECK(refusal(R"({"pattern":"(?=a)b"})").find("the pattern \"(?=a)b\" can't be used") != std::string::npos);
    CHECK(refusal(R"({"pattern":"(a)\\1"})").find("can't be used") != std::string::npos);
    CHECK(refusal(R"({"patternProperties":{"[":true}})").find("can't be used") != std::string::npos);
    CHECK(refusal(R"({"pattern":")" + std::string(300, 'a') + R"("})").find("can't be used") != std::string::npos);
    const auto hostile = compiled(R"({"pattern":"^(a+)+$"})");
    const std::string subject = "\"" + std::string(100'000, 'a') + "!\"";
    const auto before = std::chrono::steady_clock::now();
    CHECK_FALSE(hostile.accepts(subject));
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));
    CHECK(compiled(R"({"pattern":"^(a|b)*$"})").accepts("\"" + std::string(100'000, 'b') + "\""));
}

TEST_CASE("boolean and empty schemas", "[fault-56]") {
    CHECK(compiled("true").accepts("[1]"));
    CHECK(compiled("{}").accepts("null"));
    CHECK(faults("false", "1") == "arguments: no value is allowed here [haft-E0207]\n");
    CHECK(compiled(R"({"properties":{"a":false,"b":true}})").accepts(R"({"b":1})"));
    CHECK(faults(R"({"properties":{"a":false}})", R"({"a":1})") == "/a: no value is allowed here [haft-E0207]\n");
    CHECK(compiled(R"({"items":false})").accepts("[]"));
    CHECK_FALSE(compiled(R"({"items":false})").accepts("[1]"));
}

TEST_CASE("deep and broad texts are errors and no crash", "[fault-27][fault-52]") {
    const auto any = compiled("{}");
    for (const std::size_t n : {100'000u, 1'000'000u}) {
        CHECK_FALSE(any.accepts(times("[", n)));
        CHECK_FALSE(any.accepts(times("[", n) + times("]", n)));
        CHECK_FALSE(haft::written_schema::compile(times(R"({"not":)", n)));
        CHECK_FALSE(haft::written_schema::compile(times(R"({"not":)", n) + "{}" + times("}", n)));
    }
    CHECK(compiled(times(R"({"not":)", 120) + "{}" + times("}", 120)).accepts("1"));
}

TEST_CASE("alternatives within alternatives end in an error, not in hours", "[fault-53]") {
    // Each level tries two ways into the next: 2^60 in all.
    std::string text = R"({"$defs":{"s0":{"type":"string"})";
    for (int i = 1; i < 60; ++i) {
        const std::string inner = "{\"$ref\":\"#/$defs/s" + std::to_string(i - 1) + "\"}";
        text += ",\"s" + std::to_string(i) + "\":{\"anyOf\":[" + inner + "," + inner + "]}";
    }
    text += R"(},"$ref":"#/$defs/s59"})";
    const auto checked = compiled(text).validate("1");
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.faults.back().text().find("takes too many steps to check") != std::string::npos);
}

TEST_CASE("where one alternative can be meant its own faults are told", "[TD-08.7]") {
    constexpr std::string_view schema =
        R"({"anyOf":[{"type":"integer","minimum":3},{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}]})";
    CHECK(faults(schema, "1") == "arguments: expected integer of at least 3, got number 1 [haft-E0205]\n");
    CHECK(faults(schema, R"({"a":1})") == "/a: expected string, got number 1 [haft-E0202]\n");
    CHECK(faults(schema, "\"x\"") ==
          "arguments: expected integer of at least 3 or object, got string \"x\" [haft-E0202]\n");
    CHECK(faults(R"({"oneOf":[{"type":"integer"},{"minimum":1}]})", "2") ==
          "arguments: fits 2 of the schema's alternatives, and must fit one [haft-E0221]\n");
}

TEST_CASE("what is expected is said in the words of derived tools", "[TD-08.7]") {
    CHECK(faults(R"({"enum":["asc","desc"]})", "\"acs\"") ==
          "arguments: expected one of \"asc\", \"desc\", got \"acs\"; did you mean \"asc\"? [haft-E0207]\n");
    CHECK(faults(R"({"const":1})", "2") == "arguments: expected 1, got number 2 [haft-E0207]\n");
    CHECK(faults(R"({"type":["integer","null"]})", "true") ==
          "arguments: expected integer or null, got boolean true [haft-E0202]\n");
    CHECK(faults(R"({"type":"number","exclusiveMinimum":0,"maximum":1})", "0") ==
          "arguments: expected number above 0 and of at most 1, got number 0 [haft-E0205]\n");
    CHECK(faults(R"({"type":"string","minLength":2,"maxLength":3})", "\"é\"") ==
          "arguments: expected string of 2 to 3 characters, got 1 character [haft-E0205]\n");
    CHECK(faults(R"({"type":"string","pattern":"^a"})", "\"b\"") ==
          "arguments: expected string that matches ^a, got string \"b\" [haft-E0205]\n");
    CHECK(faults(R"({"type":"array","items":{"type":"integer"},"minItems":2})", "[1]") ==
          "arguments: expected array of integer with at least 2 items, got 1 item [haft-E0205]\n");
    CHECK(faults(R"({"uniqueItems":true})", "[1,2,1.0]") ==
          "arguments: the items must all be different; 0 and 2 are equal [haft-E0205]\n");
    CHECK(faults(R"({"dependentRequired":{"a":["b"]}})", R"({"a":1})") ==
          "/b: has to be given where \"a\" is [haft-E0204]\n");
    CHECK(faults(R"({"contains":{"type":"integer"},"minContains":2})", "[1,\"x\"]") ==
          "arguments: expected array that contains at least 2 items such as integer, got 1 of them [haft-E0205]\n");
    CHECK(faults(R"({"propertyNames":{"pattern":"^a"}})", R"({"b":1})") ==
          "/b: has a name that is not allowed [haft-E0203]\n");
    CHECK(faults(R"({"not":{"type":"null"}})", "null") ==
          "arguments: is what the schema's `not` excludes [haft-E0207]\n");
    CHECK(faults(R"({"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}})", "{}") ==
          "/c: required, but not given [haft-E0204]\n");
}

TEST_CASE("multiples, members, long lists and what stands in allOf are said as well", "[TD-08.7]") {
    CHECK(faults(R"({"type":"integer","multipleOf":5})", "7") ==
          "arguments: expected integer, a multiple of 5, got number 7 [haft-E0205]\n");
    CHECK(faults(R"({"minimum":3,"type":["integer","string"]})", "null") ==
          "arguments: expected integer of at least 3 or string, got null [haft-E0202]\n");
    CHECK(faults(R"({"type":"object","minProperties":2})", R"({"a":1})") ==
          "arguments: expected object with at least 2 members, got 1 member [haft-E0205]\n");
    CHECK(faults(R"({"allOf":[{"type":"string","maxLength":3}]})", "5") ==
          "arguments: expected string of at most 3 characters, got number 5 [haft-E0202]\n");
    std::string values = "0";
    for (int i = 1; i < 100; ++i) values += "," + std::to_string(i);
    const std::string listed = faults(R"({"enum":[)" + values + "]}", "100");
    CHECK(listed.find(", ... (100 in all), got number 100") != std::string::npos);
    CHECK(listed.size() < 1'000);
}

TEST_CASE("a fault says in fields of its own where it is and what was expected, got and meant", "[TD-08.7]") {
    constexpr std::string_view schema =
        R"({"type":"object","properties":{"order":{"enum":["asc","desc"]}},"additionalProperties":false})";
    const auto wrong = compiled(schema).validate(R"({"order":"acs"})");
    REQUIRE(wrong.faults.size() == 1);
    CHECK(wrong.faults[0].pointer == "/order");
    CHECK(wrong.faults[0].expected == R"(one of "asc", "desc")");
    CHECK(wrong.faults[0].got == "\"acs\"");
    CHECK(wrong.faults[0].nearest == "asc");
    CHECK(wrong.faults[0].offset == 9);
    const auto unknown = compiled(schema).validate(R"({"oredr":"asc"})");
    REQUIRE(unknown.faults.size() == 1);
    CHECK(unknown.faults[0].pointer == "/oredr");
    CHECK(unknown.faults[0].nearest == "order");
    CHECK(unknown.faults[0].got == "string \"asc\"");
    CHECK(unknown.faults[0].offset == 1);
}

TEST_CASE("at most 32 faults are described, and the others counted", "[TD-08.7]") {
    std::string object = "{\"k\":1";
    for (int i = 0; i < 99; ++i) object += ",\"k" + std::to_string(i) + "\":1";
    const auto checked = compiled(R"({"properties":{"k":{}},"additionalProperties":false})").validate(object + "}");
    CHECK(checked.faults.size() == 32);
    CHECK(checked.more_faults == 67);
}

TEST_CASE("of one array or map at most ten faults are described, as of derived tools", "[TD-08.7]") {
    const auto items = compiled(R"({"items":{"type":"string"},"minItems":200})").validate("[" + times("1,", 99) + "1]");
    CHECK(items.faults.size() == 11);
    CHECK(items.faults.back().text() ==
          "arguments: expected array of string with at least 200 items, got 100 items [haft-E0205]");
    CHECK(items.more_faults == 90);
    CHECK(compiled(R"({"items":{"type":"string"},"maxItems":2})").validate("[1,2,3,4]").faults.size() == 3);
    std::string map = "{\"a\":1";
    for (int i = 0; i < 99; ++i) map += ",\"k" + std::to_string(i) + "\":1";
    const auto members = compiled(R"({"additionalProperties":{"type":"string"}})").validate(map + "}");
    CHECK(members.faults.size() == 10);
    CHECK(members.more_faults == 90);
}

TEST_CASE("hostile sizes take time in proportion to the text, or end in an error", "[fault-52][TD-08.7]") {
    std::string object = "{", names = "[", array = "[";
    for (int i = 0; i < 5'000; ++i) {
        const std::string n = std::to_string(i);
        object += (i ? ",\"k" : "\"k") + n + "\":1";
        if (i < 5000) names += (i ? ",\"k" : "\"k") + n + "\"";
        array += (i ? "," : "") + n;
    }
    object += '}', names += ']', array += ']';
    const std::string text = "\"" + times("a", 200'000) + "\"";
    std::string patterns = "{\"pattern\":\"b\"}", uniques = R"({"not":{"uniqueItems":true}})";
    for (int i = 0; i < 300; ++i)
        patterns += R"(,{"pattern":"^(a|b|ab)*c$"})", uniques += R"(,{"not":{"uniqueItems":true}})";
    const auto check = [&](const std::string& schema, const std::string& value) {
        INFO(schema.substr(0, 100));
        auto out = compiled(schema).validate(value, {}, {.max_steps = 500'000});
        return out;
    };
    CHECK(check(R"({"properties":{"a":{},"b":{}},"additionalProperties":false})", object).more_faults == 5'000 - 32);
    CHECK(check(R"({"required":)" + names + "}", object).ok());
    CHECK(check(R"({"items":{"enum":)" + array + "}}", array).faults.back().code == haft::errc::too_large);
    CHECK(check(R"({"anyOf":[)" + patterns + "]}", text).faults.back().code == haft::errc::too_large);
    CHECK(check(R"({"anyOf":[)" + uniques + "]}", array).faults.back().code == haft::errc::too_large);
    CHECK(refusal(R"({"required":)" + names.substr(0, names.size() - 1) + ",\"k7\"]}")
              .find("\"k7\" stands there twice") != std::string::npos);
}

TEST_CASE("an alternative is found through its reference, or by its constants", "[TD-08.7]") {
    constexpr std::string_view model =
        R"({"$defs":{"m":{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"]}},"anyOf":[{"$ref":"#/$defs/m"},{"type":"null"}]})";
    CHECK(faults(model, R"({"x":"1"})") == "/x: expected integer, got string \"1\" [haft-E0202]\n");
    CHECK(faults(model, "1") == "arguments: expected object or null, got number 1 [haft-E0202]\n");
    constexpr std::string_view tagged =
        R"({"oneOf":[{"type":"object","properties":{"kind":{"const":"circle"},"r":{"type":"number"}},"required":["kind","r"]},{"type":"object","properties":{"kind":{"const":"square"},"side":{"type":"number"}},"required":["kind","side"]}]})";
    CHECK(faults(tagged, R"({"kind":"circle"})") == "/r: required, but not given; expected number [haft-E0204]\n");
    CHECK(faults(tagged, R"({"kind":"square","side":"2"})") ==
          "/side: expected number, got string \"2\" [haft-E0202]\n");
    CHECK(faults(tagged, R"({"kind":"oval"})") ==
          "arguments: expected object or object, got object {\"kind\":\"oval\"}, which is none of them [haft-E0221]\n");
    CHECK(faults(R"({"pattern":"^a"})", "\"b\"") ==
          "arguments: expected string that matches ^a, got string \"b\" [haft-E0205]\n");
}

TEST_CASE("numbers are compared exactly, of whatever size", "[TD-08.8]") {
    CHECK_FALSE(compiled(R"({"const":9007199254740993})").accepts("9007199254740992"));
    CHECK(compiled(R"({"const":9007199254740993})").accepts("9007199254740993.0"));
    CHECK(compiled(R"({"multipleOf":0.01})").accepts("0.07"));
    CHECK_FALSE(compiled(R"({"multipleOf":0.01})").accepts("0.075"));
    CHECK(compiled(R"({"multipleOf":7})").accepts("1.4e1"));
    CHECK_FALSE(compiled(R"({"type":"integer","multipleOf":0.123456789})").accepts("1e308"));
    CHECK(compiled(R"({"type":"integer"})").accepts("1e400"));
    CHECK(compiled(R"({"type":"integer"})").accepts("12345678901234567890123"));
    CHECK_FALSE(compiled(R"({"type":"integer"})").accepts("1e-1"));
    CHECK_FALSE(compiled(R"({"maximum":1e400})").accepts("1.1e400"));
    CHECK(compiled(R"({"maximum":1e400})").accepts("1e400"));
    CHECK(compiled(R"({"minimum":-2})").accepts("-1.99999999999999999999999"));
    CHECK_FALSE(compiled(R"({"minimum":-2})").accepts("-2.00000000000000000000001"));
    CHECK(compiled(R"({"const":0})").accepts("-0.0e5"));
    CHECK_FALSE(compiled(R"({"uniqueItems":true})").accepts("[100,1e2]"));
    CHECK(compiled(R"({"type":"number"})").accepts(std::string(10'000, '9')));
    using haft::json::exact_number;
    CHECK(exact_number("1e99999999999999999999").compare(exact_number("2")) > 0);
    CHECK(exact_number("-1e99999999999999999999").compare(exact_number("-2")) < 0);
    CHECK(exact_number("120").compare(exact_number("1.2e2")) == 0);
    CHECK(exact_number("0.5").compare(exact_number("0.45")) > 0);
    CHECK(exact_number("123").count() == 123);
    CHECK(exact_number("1.5").count() == 4294967295u);
    CHECK(exact_number("4294967296").count() == 4294967295u);
    CHECK(exact_number("1e9").count() == 1'000'000'000u);
    CHECK(refusal(R"({"multipleOf":0})").find("expected a number above 0") != std::string::npos);
    CHECK(refusal(R"({"multipleOf":1.2345678901234567891})").find("more than 18 digits") != std::string::npos);
}

TEST_CASE("null for what is not required is absence where that is asked for", "[TD-08.2]") {
    const auto schema = compiled(
        R"({"properties":{"a":{"type":"integer"},"b":{"type":"integer"},"c":{"type":["integer","null"]}},"required":["b"]})");
    CHECK_FALSE(schema.accepts(R"({"a":null,"b":1})"));
    const auto given = [&](std::string_view text) { return schema.validate(text, {}, {.null_is_absence = true}).ok(); };
    CHECK(given(R"({"a":null,"b":1,"c":null})"));
    CHECK_FALSE(given(R"({"b":null})"));
    CHECK_FALSE(given(R"({"a":"x","b":1})"));
    const auto untyped = compiled(
        R"({"$defs":{"n":{"type":"integer"}},"properties":{"a":{"enum":["x"]},"b":{"$ref":"#/$defs/n"},"c":{"anyOf":[{"type":"string"}]}},"additionalProperties":{"type":"integer"}})");
    CHECK(untyped.validate(R"({"a":null,"b":null,"c":null})", {}, {.null_is_absence = true}).ok());
    CHECK(untyped.validate(R"({"a":null,"b":null,"c":null})").faults.size() == 3);
    CHECK_FALSE(untyped.validate(R"({"d":null})", {}, {.null_is_absence = true}).ok());  // nobody's parameter
    // What one part of a schema requires another may describe: there null is no absence.
    const auto parts = compiled(R"({"allOf":[{"required":["a"]},{"properties":{"a":{"type":"integer"}}}]})");
    CHECK_FALSE(parts.validate(R"({"a":null})", {}, {.null_is_absence = true}).ok());
    const auto within = compiled(
        R"({"type":"object","properties":{"o":{"anyOf":[{"type":"object","properties":{"a":{"type":"integer"}}},{"type":"string"}]}}})");
    CHECK(within.validate(R"({"o":{"a":null}})", {}, {.null_is_absence = true}).ok());
}
