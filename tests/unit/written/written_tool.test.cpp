// SPDX-License-Identifier: BSL-1.0
#include <haft/schema/nlohmann_json.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/tool.hpp>
#include <haft/written/written_tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view city_schema =
    R"({"type":"object","properties":{"city":{"type":"string","minLength":1,"description":"City name"},"days":{"type":"integer","minimum":1,"maximum":14,"default":3}},"required":["city"],"additionalProperties":false})";

std::string text_of(const haft::result<std::string>& r) { return r ? *r : r.error().text(); }

}  // namespace

TEST_CASE("a tool with a hand-written schema lists it as it was written", "[TD-08.1]") {
    haft::toolset tools;
    REQUIRE(tools.add("forecast", "Weather", city_schema,
                      [](std::string_view arguments) { return std::string(arguments); }));
    CHECK(tools[0].input_schema == city_schema);
    CHECK(tools[0].description == "Weather");
    CHECK(text_of(tools.call("forecast", R"({"city":"Malmö"})")) == R"("{\"city\":\"Malmö\"}")");
}

TEST_CASE("arguments are checked against it, in the words of derived tools", "[TD-08.2]") {
    haft::toolset tools;
    bool called = false;
    REQUIRE(tools.add("forecast", "Weather", city_schema, [&](std::string_view) { called = true; }));
    CHECK(text_of(tools.call("forecast", R"({"ctiy":"Malmö","days":30})")) ==
          "tool \"forecast\" was not called: 3 faults in its arguments\n"
          "- /days: expected integer from 1 to 14, got number 30 [haft-E0205]\n"
          "- /ctiy: no such parameter; did you mean \"city\"? The parameters are city, days [haft-E0203]\n"
          "- /city: required, but not given; expected string of at least 1 character: City name [haft-E0204]");
    CHECK(text_of(tools.call("forecast", R"({"city":"","city":1})")).find("/city: given twice") != std::string::npos);
    CHECK(text_of(tools.call("forecast", R"({"city":"a")")).find("haft-E0201") != std::string::npos);
    CHECK(text_of(tools.call("forecast", "[]")) ==
          "tool \"forecast\" was not called: 1 fault in its arguments\n"
          "- arguments: expected object, got array [] [haft-E0202]");
    CHECK_FALSE(called);
    CHECK(tools.call("forecast", R"({"city":"a","days":null})"));
    CHECK(called);
}

namespace {
struct stop {
    std::string name;
    std::int64_t minutes = 5;
};
struct journey {
    std::string from;
    std::int64_t days = 3;
    double budget = 1.5;
    bool quick = false;
    std::vector<std::string> tags = {};
    std::vector<stop> stops = {};
    std::map<std::string, double> prices = {};
    std::optional<std::string> comment = {};
    static constexpr std::array haft_fields{
        haft::field("from", "Where it begins", haft::min_length(2), haft::max_length(20)),
        haft::field("days", "How long", haft::minimum(1), haft::maximum(14)),
        haft::field("budget", "In euros", haft::exclusive_minimum(0)),
        haft::field("tags", "", haft::max_items(3)),
    };
};
std::string plan(const journey&) { return "planned"; }
}  // namespace

TEST_CASE("whether a schema was derived or written by hand no caller can tell from its faults", "[TD-08.2]") {
    constexpr haft::tool derived = haft::make<&plan>("Plans");
    haft::toolset tools{derived};
    haft::toolset written;
    REQUIRE(
        written.add("plan", "Plans", derived.input_schema, [](std::string_view) { return std::string("planned"); }));
    std::size_t faulty = 0;
    for (const std::string_view arguments : {
             R"({"from":"Malmö"})",
             R"({"from":"Malmö","days":null,"comment":null,"tags":["a"],"stops":[{"name":"x"}],"prices":{"a":1}})",
             R"({})",
             "null",
             "[]",
             "1",
             "\"x\"",
             "",
             "{",
             R"({"from":"M","days":15,"budget":0,"quick":1})",
             R"({"form":"Malmö","day":1})",
             R"({"from":1,"days":"3","budget":"1","quick":"true","tags":"a","stops":{},"prices":[],"comment":5})",
             R"({"from":"Malmö","days":1.5})",
             R"({"from":"Malmö","days":2.0,"tags":["a",1,null,"b"]})",
             R"({"from":"Malmö","tags":["a","b","c","d"]})",
             R"({"from":"Malmö","stops":[{"nam":"x"},{"name":"y","minutes":"z","q":1},7]})",
             R"({"from":"Malmö","prices":{"a":"1","b":true}})",
             R"({"from":"Malmö","tags":[1,2,3,4,5,6,7,8,9,10,11,12]})",
             R"({"from":"Malmö","zebra":1,"x":2})",
             R"({"from":null})",
             R"({"from":"Malmö","stops":[{"name":"a","minutes":null}]})",
             R"({"from":"a much too long name of a place","days":0})",
         }) {
        INFO(arguments);
        const std::string by_hand = text_of(written.call("plan", arguments));
        CHECK(by_hand == text_of(tools.call("plan", arguments)));
        faulty += by_hand.find("was not called") != std::string::npos;
        const auto of_written = written.call("plan", arguments), of_derived = tools.call("plan", arguments);
        if (of_written || of_derived) continue;
        const auto &one = of_written.error().faults, &other = of_derived.error().faults;
        REQUIRE(one.size() == other.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            INFO(one[i].text());
            CHECK(one[i].pointer == other[i].pointer);
            CHECK(one[i].expected == other[i].expected);
            CHECK(one[i].got == other[i].got);
            CHECK(one[i].nearest == other[i].nearest);
            CHECK(one[i].offset == other[i].offset);
        }
    }
    CHECK(faulty == 21);
}

TEST_CASE("without a schema there are no parameters", "[TD-08.3]") {
    haft::toolset tools;
    REQUIRE(tools.add("ping", "Pings", "", [](std::string_view) { return 1; }));
    CHECK(tools[0].input_schema == R"({"type":"object","properties":{}})");
    CHECK(text_of(tools.call("ping", "{}")) == "1");
    CHECK(text_of(tools.call("ping", "null")) == "1");
    CHECK(text_of(tools.call("ping", R"({"anything":1})")) == "1");  // the schema is open
}

TEST_CASE("arguments within a string are unwrapped where that is asked for", "[TD-08.2]") {
    haft::toolset tools;
    REQUIRE(tools.add("forecast", "Weather", city_schema, [](std::string_view a) { return std::string(a); }));
    std::vector<haft::note> notes;
    haft::call_options options;
    options.notes = &notes;
    constexpr std::string_view in_a_string = R"("{\"city\":\"Lund\"}")";
    CHECK(text_of(tools.call("forecast", in_a_string, options)).find("expected object, got string") !=
          std::string::npos);
    options.unwrap = true;
    CHECK(text_of(tools.call("forecast", in_a_string, options)) == R"("{\"city\":\"Lund\"}")");
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].text() == "arguments: the arguments came as JSON text in a string");
    CHECK(text_of(tools.call("forecast", R"("{\"city\":1}")", options)).find("/city: expected string") !=
          std::string::npos);
    CHECK(text_of(tools.call("forecast", R"("{")", options)).find("haft-E0201") != std::string::npos);
    CHECK(text_of(tools.call("forecast", R"("\x")", options)).find("haft-E0201") != std::string::npos);
}

TEST_CASE("a list of parameters becomes a schema", "[TD-08.5]") {
    const std::string schema =
        haft::schema_of({{"city", "string", "City name", {}, true}, {"unit", "string", "", {"C", "F"}}});
    CHECK(
        schema ==
        R"({"type":"object","properties":{"city":{"type":"string","description":"City name"},"unit":{"type":"string","enum":["C","F"]}},"required":["city"]})");
    CHECK(haft::schema_of({}) == R"({"type":"object","properties":{}})");
    haft::toolset tools;
    REQUIRE(tools.add("forecast", "Weather", schema, [](const haft::json_text& a) { return a; }));
    CHECK(text_of(tools.call("forecast", R"({"city":"a","unit":"K"})")) ==
          "tool \"forecast\" was not called: 1 fault in its arguments\n"
          "- /unit: expected one of \"C\", \"F\", got \"K\" [haft-E0207]");
    CHECK(text_of(tools.call("forecast", R"({"city":"a","unit":"C"})")) == R"({"city":"a","unit":"C"})");
}

TEST_CASE("a handler takes text, a JSON value or parameters of its own, and a context", "[TD-08.6]") {
    struct query {
        std::string city;
        int days = 3;
    };
    haft::toolset tools;
    REQUIRE(tools.add("text", "T", city_schema, [](std::string_view t, haft::call_context& c) {
        return std::string(c.tool_name) + std::to_string(t.size());
    }));
    REQUIRE(tools.add("json_text", "T", city_schema, [](haft::json_text t) { return t.text.size(); }));
    REQUIRE(tools.add("json", "T", city_schema,
                      [](haft::call_context&, const nlohmann::json& j) { return j.at("city").get<std::string>(); }));
    REQUIRE(tools.add("typed", "T", city_schema, [](const query& q) { return q.city + std::to_string(q.days); }));
    REQUIRE(tools.add("stateful", {.description = "T"}, city_schema,
                      [n = std::make_unique<int>(0)](std::string_view) { return ++*n; }));
    constexpr std::string_view arguments = R"({"city":"Malmö"})";
    CHECK(text_of(tools.call("text", arguments)) == "\"text17\"");
    CHECK(text_of(tools.call("json_text", arguments)) == "17");
    CHECK(text_of(tools.call("json", arguments)) == "\"Malmö\"");
    CHECK(text_of(tools.call("typed", arguments)) == "\"Malmö3\"");
    CHECK(text_of(tools.call("stateful", arguments)) == "1");
    CHECK(text_of(tools.call("stateful", arguments)) == "2");
    CHECK(tools.find("typed")->output_schema == R"({"type":"string"})");
    CHECK(text_of(tools.call("typed", R"({"city":"a","days":15})")).find("/days: expected integer from 1 to 14") !=
          std::string::npos);
}

TEST_CASE("a handler fails as any other tool does", "[TD-08.6]") {
    haft::toolset tools;
    REQUIRE(tools.add("throws", "T", "", [](std::string_view) -> int { throw std::runtime_error("no disk"); }));
    REQUIRE(tools.add("refuses", "T", "", [](std::string_view) -> haft::result<int> {
        return haft::error{haft::errc::tool_failed, "not today"};
    }));
    REQUIRE(tools.add("silent", "T", "", [](std::string_view) {}));
    CHECK(text_of(tools.call("throws", "{}")) == "no disk [haft-E0210]");
    CHECK(text_of(tools.call("refuses", "{}")) == "not today [haft-E0210]");
    CHECK(text_of(tools.call("silent", "{}")) == "null");
}

TEST_CASE("a hand-written schema that can't be meant is refused when the tool is added", "[fault-52]") {
    haft::toolset tools;
    const auto refused = [&](std::string_view schema) {
        const auto added = tools.add("t", "T", schema, [](std::string_view) {});
        return added ? std::string() : added.error().text();
    };
    const std::string_view before = "tool \"t\" was not added: its input schema can't be used: 1 fault\n- ";
    const auto says = [&](std::string_view schema, std::string_view fault) {
        INFO(schema << "\n" << refused(schema));
        CHECK(refused(schema) == std::string(before) + std::string(fault) + " [haft-E0240]");
    };
    CHECK(refused("[]").find("expected a schema, an object or a boolean, got array []") != std::string::npos);
    says(R"({"type":"array"})", R"(arguments: the parameters of a tool are an object: write "type":"object")");
    says(R"({"properties":{}})", R"(arguments: the parameters of a tool are an object: write "type":"object")");
    says(R"({"type":"object","propertys":{}})",
         R"(/propertys: no keyword "propertys"; did you mean "properties"? (keywords of your own begin with x-))");
    says(
        R"({"type":"object","properties":{"a":{"minimun":1}}})",
        R"(/properties/a/minimun: no keyword "minimun"; did you mean "minimum"? (keywords of your own begin with x-))");
    says(R"({"type":"object","properties":{"city":{}},"required":["ctiy"]})",
         R"(/required: "ctiy" is required, but no property has that name; did you mean "city"?)");
    says(R"({"type":"object","properties":{"a":{"type":"integer","default":"x"}}})",
         R"(/properties/a/default: the default does not fit its own schema: expected integer, got string "x")");
    says(R"({"type":"object","properties":{"a":{"enum":[]}}})", "/properties/a: enum and const leave no value at all");
    says(R"({"type":"object","properties":{"a":{"type":"strin"}}})",
         R"(/properties/a/type: no type "strin"; did you mean "string"?)");
    says(R"({"type":"object","properties":{"a":{"minimum":3,"maximum":2}}})",
         "/properties/a/minimum: no number is at least 3 and at most 2");
    says(R"({"type":"object","properties":{"a":{"minLength":3,"maxLength":2}}})",
         "/properties/a/minLength: at least 3 and at most 2 is nothing");
    says(R"({"type":"object","properties":{"a":{"minItems":3,"maxItems":2}}})",
         "/properties/a/minItems: at least 3 and at most 2 is nothing");
    says(R"({"type":"object","properties":{"a":{"minProperties":3,"maxProperties":2}}})",
         "/properties/a/minProperties: at least 3 and at most 2 is nothing");
    says(R"({"type":"object","properties":{"a":{"contains":{},"minContains":3,"maxContains":2}}})",
         "/properties/a/minContains: at least 3 and at most 2 is nothing");
    says(R"({"type":"object","properties":{"a":{"minLength":-1}}})",
         "/properties/a/minLength: expected a whole number that is not negative, got -1");
    says(R"({"type":"object","properties":[]})", "/properties: expected an object, got array []");
    CHECK(refused(R"({"type":"object")").find("haft-E0201") != std::string::npos);
    CHECK(tools.empty());
    CHECK(tools.refusals().size() > 10);
    CHECK(refused(R"({"type":"object","x-own":{"anything":1}})").empty());
    says(R"({"type":"object","then":{"required":["a"]}})", "arguments: then and else without if check nothing");
}

TEST_CASE("a large schema is looked through in a time like its size", "[fault-52]") {
    const auto schema = [](std::string_view required_begin) {
        std::string properties, required;
        for (int i = 0; i < 4'000; ++i) {
            const std::string tail = "_of_a_name_that_is_as_long_as_names_are_" + std::to_string(i) + "\"";
            properties += (i ? ",\"part" : "\"part") + tail + ":{}";
            required.append(i ? ",\"" : "\"").append(required_begin).append(tail);
        }
        return R"({"type":"object","properties":{)" + properties + R"(},"required":[)" + required + "]}";
    };
    const auto begun = std::chrono::steady_clock::now();
    haft::toolset tools;
    CHECK(tools.add("right", "T", schema("part"), [](std::string_view) {}));
    const auto wrong = tools.add("wrong", "T", schema("prat"), [](std::string_view) {});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().faults.size() == 32);
    CHECK(wrong.error().more_faults == 4'000 - 32);
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(10));  // 20 times what it takes at -O0
}

TEST_CASE("a hand-written schema with a character that nobody sees is refused", "[fault-57]") {
    haft::toolset tools;
    const auto refused = [&](std::string_view input, std::string_view output = {}) {
        const auto added =
            tools.add("t" + std::to_string(tools.size()), "T", {input, output}, [](std::string_view) { return 1; });
        return added ? std::string("taken") : added.error().text();
    };
    const auto in_property = [](std::string_view rest) {
        return R"({"type":"object","properties":{"city":{)" + std::string(rest) + "}}}";
    };
    constexpr std::string_view mend =
        " holds a character that nobody sees, and a model reads; write it without [haft-E0240]";
    CHECK(refused(in_property("\"description\":\"a \u202E b\"")) ==
          "tool \"t0\" was not added: its input schema can't be used: 1 fault\n"
          R"(- /properties/city/description: "a \xe2\x80\xae b")" +
              std::string(mend));
    CHECK(refused(in_property(R"("description":"a \u202e b")")).find(mend) != std::string::npos);
    for (const std::string_view part :
         {R"("title":"\u200b")", R"("default":"\u200b")", R"("enum":["\u200b"])", R"("examples":[{"a\u200b":1}])",
          R"("properties":{"\u200b":{}})", R"("x-own":{"text":["\u001b[8m"]})", R"("description":"a\rb")"}) {
        INFO(part);
        CHECK(refused(in_property(part)).find(mend) != std::string::npos);
    }
    CHECK(refused("", R"({"type":"integer","description":"\u200b"})") ==
          "tool \"t0\" was not added: its output schema can't be used: 1 fault\n"
          R"(- /description: "\xe2\x80\x8b")" +
              std::string(mend));
    // Lines, signs of other scripts, and patterns, which must be able to name what they exclude.
    CHECK(refused(in_property("\"description\":\"Gr\u00FC\u00DFe\\n\\t\u4F60\"")) == "taken");
    CHECK(refused(in_property(R"("pattern":"^[^\u0000-\u001f\u200b]*$")")) == "taken");
    CHECK(refused(in_property(R"("patternProperties":{"^[^\u0001]$":{}})")) == "taken");
}

TEST_CASE("what one part of a schema requires another may describe", "[fault-52]") {
    haft::toolset tools;
    const auto taken = [&](std::string_view schema) {
        const auto added = tools.add("t" + std::to_string(tools.size()), "T", schema, [](std::string_view) {});
        return added ? std::string("taken") : added.error().text();
    };
    CHECK(taken(R"({"type":"object","properties":{"a":{},"b":{}},"anyOf":[{"required":["a"]},{"required":["b"]}]})") ==
          "taken");
    CHECK(taken(R"({"type":"object","allOf":[{"properties":{"a":{}}}],"required":["a"]})") == "taken");
    CHECK(taken(R"({"type":"object","properties":{"a":{}},"if":{"required":["a"]},"then":{"properties":{"b":{}}}})") ==
          "taken");
    CHECK(taken(R"({"type":"object","required":["a"]})").find("but no property has that name") != std::string::npos);
}

TEST_CASE("a result that violates its schema is an error, and not handed on", "[fault-75]") {
    haft::toolset tools;
    const haft::written_schemas schemas{
        "", R"({"type":"object","properties":{"celsius":{"type":"number","minimum":-273.15}},"required":["celsius"]})"};
    std::string gives = R"({"celsius":21.5})";
    REQUIRE(tools.add("measure", "Measures", schemas, [&](std::string_view) { return haft::json_text(gives); }));
    CHECK(tools[0].output_schema == schemas.output);
    CHECK(text_of(tools.call("measure", "{}")) == gives);
    gives = R"({"celsius":-300})";
    CHECK(text_of(tools.call("measure", "{}")) ==
          "the result of tool \"measure\" does not fit its schema\n"
          "- /celsius: expected number of at least -273.15, got number -300 [haft-E0205]");
    gives = "{}";
    CHECK(tools.call("measure", "{}").error().code == haft::errc::bad_result);
    std::string out;
    const haft::call_options options;
    haft::call_context context{"measure", options};
    haft::result_writer writer(out, haft::string_results::as_json, options);
    tools[0].run("{}", context, writer);
    CHECK(writer.failed());
    CHECK(out.empty());
    CHECK_FALSE(tools.add("wrong", "W", haft::written_schemas{"", R"({"type":"nothing"})"},
                          [](std::string_view) { return 1; }));
}

TEST_CASE("a text whose schema is checked stays a text", "[TD-08.1]") {
    haft::toolset tools;
    tools.add("say", "Say it", haft::written_schemas{R"({"type":"object"})", R"({"type":"string","maxLength":9})"},
              [](std::string_view) { return std::string("a \"b\"\n"); });
    REQUIRE(tools.refusals().empty());
    std::string out;
    const haft::call_options how;
    haft::call_context context("say", how);
    haft::result_writer writer(out, haft::string_results::as_text, how);
    tools.find("say")->run("{}", context, writer);
    CHECK_FALSE(writer.failed());
    CHECK(out == "a \"b\"\n");
    const haft::result<std::string> as_json = tools.call("say", "{}");
    REQUIRE(as_json);
    CHECK(*as_json == R"("a \"b\"\n")");
}
