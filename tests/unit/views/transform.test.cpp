// SPDX-License-Identifier: BSL-1.0
#include <haft/tool.hpp>
#include <haft/views/transform.hpp>
#include <haft/written/written_tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace {

std::string text_of(const haft::result<std::string>& r) { return r ? *r : r.error().text(); }

struct query {
    std::string q;
    std::string api_key;
    int limit = 10;
    std::vector<int> pages = {1};
    static constexpr std::array haft_fields{haft::field{"q", "What to look for", haft::min_length(1)},
                                            haft::field{"limit", "How many", haft::minimum(1), haft::maximum(100)}};
};
std::string search(const query& a) {
    return a.q + "|" + a.api_key + "|" + std::to_string(a.limit) + "|" + std::to_string(a.pages.size());
}
haft::toolset tools_with(const haft::transform& how) {
    const haft::toolset tools{
        haft::make<&search>("Searches"),
    };
    return tools | haft::views::transform("search", how);
}
std::string refusal(const haft::transform& how) {
    const haft::toolset tools = tools_with(how);
    return tools.refusals().empty() ? "" : tools.refusals()[0].text();
}

}  // namespace

TEST_CASE("a tool gets another name and other words", "[NX-04.1]") {
    const haft::toolset tools = tools_with(haft::transform{}.rename("find").describe("Finds pages"));
    REQUIRE(tools.size() == 1);
    CHECK(tools[0].name == "find");
    CHECK(tools[0].description == "Finds pages");
    CHECK(text_of(tools.call("find", R"({"q":"a","api_key":"k"})")) == "\"a|k|10|1\"");
    CHECK(text_of(tools.call("find", "{}")).starts_with("tool \"find\" was not called: 2 faults in its arguments"));
}

TEST_CASE("an argument gets another name, in the schema, in calls and in faults", "[NX-04.2]") {
    const haft::toolset tools = tools_with(haft::transform{}.rename_arg("q", "query").describe_arg("q", "The words"));
    CHECK(
        tools[0].input_schema ==
        R"({"type":"object","properties":{"query":{"type":"string","minLength":1,"description":"The words"},"api_key":{"type":"string"},"limit":{"type":"integer","minimum":1,"maximum":100,"default":10,"description":"How many"},"pages":{"type":"array","items":{"type":"integer"},"default":[1]}},"required":["query","api_key"],"additionalProperties":false})");
    CHECK(text_of(tools.call("search", R"({"query":"a","api_key":"k"})")) == "\"a|k|10|1\"");
    CHECK(text_of(tools.call("search", R"({"q":"a","api_key":"k","limit":0})")) ==
          "tool \"search\" was not called: 3 faults in its arguments\n"
          "- /q: no such parameter; did you mean \"query\"? The parameters are query, api_key, limit, pages "
          "[haft-E0203]\n"
          "- /limit: expected integer from 1 to 100, got number 0 [haft-E0205]\n"
          "- /query: required, but not given; expected string of at least 1 character: What to look for [haft-E0204]");
    CHECK(text_of(tools.call("search", R"({"query":"","api_key":"k","pages":[1,"x"]})")) ==
          "tool \"search\" was not called: 2 faults in its arguments\n"
          "- /query: expected string of at least 1 character, got 0 characters [haft-E0205]\n"
          "- /pages/1: expected integer from -2147483648 to 2147483647, got string \"x\" [haft-E0202]");
}

TEST_CASE("a hidden argument is a constant that callers neither see nor override", "[NX-04.3]") {
    const haft::toolset tools = tools_with(haft::transform{}.hide("api_key", R"("secret")"));
    CHECK(tools[0].input_schema.find("api_key") == std::string_view::npos);
    CHECK(tools[0].input_schema.find("secret") == std::string_view::npos);
    CHECK(text_of(tools.call("search", R"({"q":"a"})")) == "\"a|secret|10|1\"");
    const std::string refused = text_of(tools.call("search", R"({"q":"a","api_key":"mine"})"));
    CHECK(refused ==
          "tool \"search\" was not called: 1 fault in its arguments\n"
          "- /api_key: no such parameter; the parameters are q, limit, pages [haft-E0203]");
    CHECK(text_of(tools.call("search", "null")).find("/q: required") != std::string::npos);
    CHECK(text_of(tools.call("search", "null")).find("api_key") == std::string::npos);
}

TEST_CASE("a default is given where a caller gives none", "[NX-04.4]") {
    const haft::toolset tools =
        tools_with(haft::transform{}.set_default("api_key", R"("usual")").set_default("limit", "20"));
    CHECK(tools[0].input_schema.find(R"("api_key":{"type":"string","default":"usual"})") != std::string_view::npos);
    CHECK(tools[0].input_schema.find(R"("required":["q"])") != std::string_view::npos);
    CHECK(tools[0].input_schema.find(R"("default":20)") != std::string_view::npos);
    CHECK(text_of(tools.call("search", R"({"q":"a"})")) == "\"a|usual|20|1\"");
    CHECK(text_of(tools.call("search", R"({"q":"a","api_key":"b","limit":3})")) == "\"a|b|3|1\"");
    CHECK(text_of(tools.call("search", R"({"q":"a","api_key":null,"limit":null})")) == "\"a|usual|20|1\"");
}

TEST_CASE("an argument becomes required", "[NX-04.5]") {
    const haft::toolset tools = tools_with(haft::transform{}.require("limit").rename_arg("limit", "count"));
    CHECK(tools[0].input_schema.find(R"("required":["q","api_key","count"])") != std::string_view::npos);
    CHECK(text_of(tools.call("search", R"({"api_key":"k"})")) ==
          "tool \"search\" was not called: 2 faults in its arguments\n"
          "- /count: required, but not given [haft-E0204]\n"
          "- /q: required, but not given; expected string of at least 1 character: What to look for [haft-E0204]");
    CHECK(text_of(tools.call("search", R"({"q":"a","api_key":"k","count":2})")) == "\"a|k|2|1\"");
}

TEST_CASE("a body stands around the call", "[NX-04.6]") {
    int calls = 0;
    const haft::toolset tools = tools_with(
        haft::transform{}
            .hide("api_key", R"("k")")
            .wrap([&](std::string_view arguments, const haft::transform::forward& inner) -> haft::result<std::string> {
                ++calls;
                const haft::result<std::string> first = inner(arguments);
                if (!first) return first;
                const haft::result<std::string> other = inner(R"({"q":"other","api_key":"x"})");
                return "[" + *first + "," + *other + "]";
            }));
    CHECK(text_of(tools.call("search", R"({"q":"a"})")) == R"(["a|k|10|1","other|x|10|1"])");
    CHECK(calls == 1);
    CHECK(text_of(tools.call("search", R"({"limt":"a"})")).find("/limt: no such parameter; did you mean \"limit\"") !=
          std::string::npos);
    CHECK(calls == 1);
    CHECK(text_of(tools.call("search", R"({"q":""})")).find("/q: expected string of at least 1 character") !=
          std::string::npos);
}

TEST_CASE("what can't be transformed so is refused", "[NX-04.7]") {
    CHECK(refusal(haft::transform{}.rename_arg("limt", "query")) ==
          "tool \"search\" was not transformed: it has no argument \"limt\"; did you mean \"limit\"? [haft-E0261]");
    CHECK(refusal(haft::transform{}.rename_arg("q", "limit")) ==
          "tool \"search\" was not transformed: two arguments would be called \"limit\" [haft-E0261]");
    CHECK(refusal(haft::transform{}.hide("limit", "1000")) ==
          "tool \"search\" was not transformed: the value of \"limit\" does not fit: expected integer from 1 to 100, "
          "got number "
          "1000 [haft-E0261]");
    CHECK(refusal(haft::transform{}.set_default("q", "5"))
              .find("expected string of at least 1 character, got number 5") != std::string::npos);
    CHECK(refusal(haft::transform{}.hide("q", "nonsense")).find("is no JSON") != std::string::npos);
    CHECK(refusal(haft::transform{}.hide("q", "\"a\"").require("q")).find("is hidden, so nothing else") !=
          std::string::npos);
    CHECK(refusal(haft::transform{}.rename("no blank")).find("is not legal") != std::string::npos);
    CHECK(refusal(haft::transform{}.rename_arg("q", "limit").rename_arg("limit", "q")).empty());
    const haft::toolset tools{haft::make<&search>("Searches")};
    CHECK((tools | haft::views::transform("serch", {})).refusals()[0].message ==
          "tool \"serch\" does not exist; did you mean \"search\"?");
}

TEST_CASE("a default that only the function knows stays one, under the argument's new place", "[NX-04.3]") {
    haft::tool t = haft::make<&search>("Searches");
    t.input_schema =
        R"({"type":"object","properties":{"a":{},"b":{},"c":{},"d":{"default":1},"e":{}},"required":["a"]})";
    const auto gap = [&](const haft::transform& how) {
        return (haft::toolset{t} | haft::views::transform("search", how))[0].default_gap;
    };
    CHECK(gap(haft::transform{}) == 0);
    t.default_gap = 2;
    CHECK(gap(haft::transform{}.rename_arg("b", "z")) == 2);
    CHECK(gap(haft::transform{}.hide("a", "1")) == 1);
    CHECK(gap(haft::transform{}.hide("b", "1")) == 2);  // c, which may be one
    CHECK(gap(haft::transform{}.set_default("b", "1")) == 3);
    CHECK(gap(haft::transform{}.require("b").require("c")) == 0);  // d has a default, nothing follows e
}

TEST_CASE("names may be exchanged", "[NX-04.2]") {
    const haft::toolset tools = tools_with(haft::transform{}.rename_arg("q", "api_key").rename_arg("api_key", "q"));
    CHECK(text_of(tools.call("search", R"({"q":"key","api_key":"word"})")) == "\"word|key|10|1\"");
}

TEST_CASE("of an open tool a hidden name is refused, and others go on", "[NX-04.3]") {
    haft::toolset open;
    REQUIRE(open.add("echo", "Echoes",
                     R"({"type":"object","properties":{"a":{"type":"integer"},"key":{"type":"string"}}})",
                     [](const haft::json_text& t) { return t; }));
    const haft::toolset tools =
        open | haft::views::transform("echo", haft::transform{}.hide("key", "\"k\"").rename_arg("a", "b"));
    CHECK(text_of(tools.call("echo", R"({"b":1,"more":2})")) == R"({"a":1,"more":2,"key":"k"})");
    CHECK(text_of(tools.call("echo", R"({"key":"mine"})")).find("/key: no such parameter") != std::string::npos);
    CHECK(text_of(tools.call("echo", R"({"a":1})")).find("/a: no such parameter") != std::string::npos);
    CHECK(text_of(tools.call("echo", R"({"b":"x"})")).find("/b: expected integer, got string \"x\"") !=
          std::string::npos);
}

TEST_CASE("of an open tool, too, an argument becomes required", "[NX-04.5]") {
    haft::toolset open;
    REQUIRE(open.add("echo", "Echoes", R"({"type":"object","properties":{"a":{"type":"integer"}}})",
                     [](const haft::json_text& t) { return t; }));
    const haft::toolset tools = open | haft::views::transform("echo", haft::transform{}.require("a"));
    CHECK(text_of(tools.call("echo", R"({"a":1})")) == R"({"a":1})");
    CHECK(text_of(tools.call("echo", "{}")) ==
          "tool \"echo\" was not called: 1 fault in its arguments\n- /a: required, but not given [haft-E0204]");
}

TEST_CASE("text that is no object of arguments is told by the tool itself", "[NX-04.1]") {
    const haft::toolset tools = tools_with(haft::transform{}.hide("api_key", "\"k\""));
    CHECK(text_of(tools.call("search", R"({"q":"a")")).find("haft-E0201") != std::string::npos);
    CHECK(text_of(tools.call("search", "[1]")).find("haft-E0202") != std::string::npos);
    CHECK(text_of(tools.call("search", R"({"q":"a","q":"b"})")).find("given twice") != std::string::npos);
}
