// SPDX-License-Identifier: BSL-1.0
// What a transform promises holds however the arguments come, and whatever the schema says.
#include <haft/tool.hpp>
#include <haft/views/transform.hpp>
#include <haft/written/written_tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string text_of(const haft::result<std::string>& r) { return r ? *r : r.error().text(); }
bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

struct query {
    std::string q;
    std::string api_key;
    int limit = 10;
};
std::string search(const query& a) { return a.q + "|" + a.api_key + "|" + std::to_string(a.limit); }

haft::toolset tools_with(const haft::transform& how) {
    const haft::toolset tools{
        haft::make<&search>("Searches"),
    };
    return tools | haft::views::transform("search", how);
}
/// A tool that gives back the arguments that reach it.
haft::toolset echo(std::string_view schema, const haft::transform& how) {
    haft::toolset tools;
    const auto added = tools.add("echo", "Echoes", schema, [](const haft::json_text& t) { return t; });
    INFO((added ? "" : added.error().text()));
    REQUIRE(added);
    return tools | haft::views::transform("echo", how);
}
std::string refusal(const haft::toolset& tools) { return tools.refusals().empty() ? "" : tools.refusals()[0].text(); }

haft::result<std::string> pass_on(std::string_view arguments, const haft::transform::forward& inner) {
    return inner(arguments);
}

}  // namespace

TEST_CASE("arguments that come as text in a string are transformed as well", "[NX-04.3]") {
    haft::call_options options;
    options.unwrap = true;
    std::vector<haft::note> notes;
    options.notes = &notes;
    const haft::toolset tools = tools_with(haft::transform{}.hide("api_key", R"("secret")").rename_arg("q", "query"));
    CHECK(text_of(tools.call("search", R"("{\"query\":\"a\"}")", options)) == "\"a|secret|10\"");
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].text() == "arguments: the arguments came as JSON text in a string");
    const std::string mine = text_of(tools.call("search", R"("{\"query\":\"a\",\"api_key\":\"mine\"}")", options));
    CHECK(mine ==
          "tool \"search\" was not called: 1 fault in its arguments\n"
          "- /api_key: no such parameter; the parameters are query, limit [haft-E0203]");
    CHECK(holds(text_of(tools.call("search", R"("{\"q\":\"a\",\"api_key\":\"mine\"}")", options)), "/query: required"));
    CHECK(holds(text_of(tools.call("search", R"("\"{\\\"q\\\":\\\"a\\\",\\\"api_key\\\":\\\"mine\\\"}\"")", options)),
                "arguments: expected object, got string"));
    bool called = false;
    const haft::toolset wrapped =
        tools_with(haft::transform{}.wrap([&](std::string_view with, const haft::transform::forward& inner) {
            called = true;
            return inner(with);
        }));
    CHECK(text_of(wrapped.call("search", R"("{\"q\":\"a\",\"api_key\":\"k\"}")", options)) == "\"a|k|10\"");
    CHECK(called);
}

TEST_CASE("in lenient mode, too, hidden names are dropped, and what is required has to be given",
          "[NX-04.3][NX-04.5]") {
    haft::call_options options;
    options.mode = haft::lenient;
    std::vector<haft::note> notes;
    options.notes = &notes;
    const haft::toolset tools = tools_with(
        haft::transform{}.hide("api_key", R"("secret")").rename_arg("q", "query").require("limit").require("q"));
    CHECK(text_of(tools.call("search", R"({"query":"a","api_key":"mine","limit":"3","q":"b","more":1})", options)) ==
          "\"a|secret|3\"");
    REQUIRE(notes.size() == 4);
    CHECK(notes[0].text() == "/api_key: no such parameter; dropped");
    CHECK(notes[1].text() == "/q: no such parameter; dropped");
    CHECK(notes[2].text() == "/more: no such parameter; dropped");
    CHECK(notes[3].text() == "/limit: the string \"3\" was read as integer");
    CHECK(text_of(tools.call("search", R"({"q":"a"})", options)) ==
          "tool \"search\" was not called: 2 faults in its arguments\n"
          "- /query: required, but not given; expected string [haft-E0204]\n"
          "- /limit: required, but not given [haft-E0204]");
}

TEST_CASE("in lenient mode, too, the body stands around the call", "[NX-04.6]") {
    haft::call_options options;
    options.mode = haft::lenient;
    int calls = 0;
    const haft::toolset tools =
        tools_with(haft::transform{}.wrap([&](std::string_view with, const haft::transform::forward& inner) {
            ++calls;
            return inner(with);
        }));
    CHECK(text_of(tools.call("search", R"({"q":"a","api_key":"k","more":1})", options)) == "\"a|k|10\"");
    CHECK(calls == 1);
    CHECK(holds(text_of(tools.call("search", R"({"q":"a","more":1})", options)), "/api_key: required"));
    CHECK(calls == 1);
}

TEST_CASE("with faults nothing runs, whatever names the tool itself has", "[NX-04.3]") {
    const std::string_view schema =
        R"({"type":"object","properties":{"key":{"type":"string"},"key?":{"type":"string"}},"additionalProperties":false})";
    const haft::toolset tools = echo(schema, haft::transform{}.hide("key", "\"secret\""));
    CHECK(holds(text_of(tools.call("echo", R"({"key":"EVIL"})")), "/key: no such parameter"));
    CHECK(text_of(tools.call("echo", R"({"key?":"a"})")) == R"({"key?":"a","key":"secret"})");
    const haft::toolset required = echo(schema, haft::transform{}.require("key"));
    CHECK(holds(text_of(required.call("echo", R"({"key?":"a"})")), "/key: required, but not given"));
    const haft::toolset blank = echo(schema, haft::transform{}.hide("key", "\"secret\""));
    CHECK(holds(text_of(blank.call("echo", R"({"":"EVIL"})")), "/: no such parameter"));
}

TEST_CASE("a tool that can't check its arguments does not run with faults either", "[NX-04.3]") {
    static int ran = 0;
    haft::tool t{.name = "raw", .input_schema = R"({"type":"object","properties":{"a":{},"b":{}}})"};
    t.runs([](const void*, std::string_view, haft::call_context&, haft::result_writer&) { ++ran; }, nullptr, nullptr);
    const haft::toolset tools =
        haft::toolset{t} | haft::views::transform("raw", haft::transform{}.hide("a", "1").require("b"));
    CHECK_FALSE(tools.call("raw", R"({"a":2,"b":1})"));
    CHECK_FALSE(tools.call("raw", "{}"));
    CHECK_FALSE(tools.call("raw", "[]"));
    CHECK(ran == 0);
    CHECK(tools.call("raw", R"({"b":1})"));
    CHECK(ran == 1);
    t.input_schema = R"({"type":"object","properties":{"a":{},"b":{}},"required":["b"]})";
    const haft::toolset deep = haft::toolset{t} | haft::views::transform("raw", haft::transform{}.describe("x")) |
                               haft::views::transform("raw", haft::transform{}.require("b"));
    CHECK(holds(text_of(deep.call("raw", "{}")), "/b: required, but not given"));
    CHECK(ran == 1);
}

TEST_CASE("the faults of the tool itself come along, however open it is", "[NX-04.5]") {
    const haft::toolset tools =
        echo(R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a"]})",
             haft::transform{}.rename_arg("a", "x").require("b"));
    CHECK(text_of(tools.call("echo", R"({"a":1,"x":"no"})")) ==
          "tool \"echo\" was not called: 3 faults in its arguments\n"
          "- /a: no such parameter; did you mean \"x\"? The parameters are x, b [haft-E0203]\n"
          "- /b: required, but not given [haft-E0204]\n"
          "- /x: expected integer, got string \"no\" [haft-E0202]");
    CHECK(text_of(tools.call("echo", R"({"b":1})")) ==
          "tool \"echo\" was not called: 1 fault in its arguments\n"
          "- /x: required, but not given; expected integer [haft-E0204]");
}

TEST_CASE("a body's result is not announced by the tool's schema", "[NX-04.6][fault-75]") {
    haft::toolset tools;
    tools.add("num", "A number", [] { return 1; });
    REQUIRE_FALSE(tools[0].output_schema.empty());
    const haft::toolset wrapped =
        tools | haft::views::transform(
                    "num", haft::transform{}.wrap(
                               [](std::string_view, const haft::transform::forward&) -> haft::result<std::string> {
                                   return std::string(R"("a text")");
                               }));
    CHECK(wrapped[0].output_schema.empty());
    CHECK((tools | haft::views::transform("num", haft::transform{}.describe("x")))[0].output_schema ==
          tools[0].output_schema);
}

namespace {

/// The result as a host gets it: its form, its text, how many parts.
std::string shown(const haft::tool& t) {
    std::string text;
    const haft::call_options options;
    haft::result_writer writer(text, haft::string_results::as_text, options);
    haft::call_context context{t.name, options};
    t.run("{}", context, writer);
    if (writer.failed()) return writer.error().text();
    return text + "/" + std::to_string(static_cast<int>(writer.form())) + "/" +
           std::to_string(writer.attachments().size());
}

}  // namespace

TEST_CASE("a body that hands the result on leaves its form", "[NX-04.6]") {
    haft::toolset tools;
    tools.add("str", "Text", [] { return std::string("a \"text\""); });
    tools.add("num", "Number", [] { return 7; });
    tools.add("img", "Image", [] { return haft::image{"abc", "image/png"}; });
    tools.add("vod", "Nothing", [] {});
    tools.add("nul", "A null", [] { return haft::json_text("null"); });
    haft::toolset wrapped = tools;
    for (const std::string_view name : {"str", "num", "img", "vod", "nul"})
        wrapped = wrapped | haft::views::transform(std::string(name), haft::transform{}.wrap(pass_on));
    for (const haft::tool& t : tools) {
        INFO(t.name);
        CHECK(shown(*wrapped.find(t.name)) == shown(t));
        CHECK(text_of(wrapped.call(t.name, "{}")) == text_of(t.call("{}")));
    }
    CHECK(shown(*wrapped.find("str")) == "a \"text\"/1/0");
    const haft::toolset broken =
        tools | haft::views::transform(
                    "num", haft::transform{}.wrap([](std::string_view, const auto&) -> haft::result<std::string> {
                        return std::string("not json {");
                    }));
    CHECK(holds(text_of(broken.call("num", "{}")), "haft-E02"));
}

TEST_CASE("a body is called with arguments that the tool would take", "[NX-04.6]") {
    int calls = 0;
    const haft::toolset tools =
        tools_with(haft::transform{}
                       .rename_arg("limit", "most")
                       .wrap([&](std::string_view, const haft::transform::forward&) -> haft::result<std::string> {
                           ++calls;
                           return std::string("1");
                       }));
    CHECK(holds(text_of(tools.call("search", R"({"q":"a","api_key":"k","most":"many"})")), "/most: expected integer"));
    CHECK(calls == 0);
    CHECK(text_of(tools.call("search", R"({"q":"a","api_key":"k"})")) == "1");
    CHECK(calls == 1);
}

TEST_CASE("a schema's other keywords get the names that callers see", "[NX-04.2]") {
    const std::string_view schema =
        R"({"type":"object","properties":{"q":{"type":"string"},"id":{"type":"integer"},"lim":{"$ref":"#/properties/id"},)"
        R"("deep":{"type":"object","properties":{"q":{"$ref":"#/properties/q"}}}},)"
        R"("anyOf":[{"required":["q"]},{"required":["id"],"properties":{"id":{},"lim":{"maximum":5}}}],)"
        R"("dependentRequired":{"lim":["q"]},"additionalProperties":false})";
    const haft::toolset tools =
        echo(schema, haft::transform{}.rename_arg("q", "query").rename_arg("id", "number").rename_arg("lim", "limit"));
    REQUIRE(tools.size() == 1);
    CHECK(
        tools[0].input_schema ==
        R"({"type":"object","properties":{"query":{"type":"string"},"number":{"type":"integer"},"limit":{"$ref":"#/properties/number"},)"
        R"("deep":{"type":"object","properties":{"q":{"$ref":"#/properties/query"}}}},)"
        R"("anyOf":[{"required":["query"]},{"required":["number"],"properties":{"number":{},"limit":{"maximum":5}}}],)"
        R"("dependentRequired":{"limit":["query"]},"additionalProperties":false})");
    CHECK(text_of(tools.call("echo", R"({"query":"a"})")) == R"({"q":"a"})");
    CHECK(text_of(tools.call("echo", R"({"number":1,"limit":2})")) ==
          "tool \"echo\" was not called: 1 fault in its arguments\n"
          "- /query: has to be given where \"limit\" is [haft-E0204]");
    const haft::toolset hidden = echo(schema, haft::transform{}.hide("q", "\"x\""));
    REQUIRE(hidden.size() == 0);
    CHECK(refusal(hidden) ==
          "tool \"echo\" was not transformed: its schema refers to \"#/properties/q\", which callers don't see "
          "[haft-E0261]");
    const haft::toolset fine =
        echo(R"({"type":"object","properties":{"q":{},"id":{}},"anyOf":[{"required":["q"]},{"required":["id"]}],)"
             R"("dependentRequired":{"id":["q"]},"additionalProperties":false})",
             haft::transform{}.hide("q", "\"x\""));
    REQUIRE(fine.size() == 1);
    CHECK(
        fine[0].input_schema ==
        R"({"type":"object","properties":{"id":{}},"anyOf":[{"required":[]},{"required":["id"]}],"dependentRequired":{"id":[]},"additionalProperties":false})");
    CHECK(text_of(fine.call("echo", "{}")) == R"({"q":"x"})");
    CHECK(text_of(fine.call("echo", R"({"id":2})")) == R"({"id":2,"q":"x"})");
}

TEST_CASE("what a schema can't say in other names is refused", "[NX-04.7]") {
    const auto told = [](std::string_view rest, const haft::transform& how) {
        return refusal(echo(
            std::string(R"({"type":"object","properties":{"q":{"type":"string"},"id":{}},)").append(rest) + "}", how));
    };
    const haft::transform renamed = haft::transform{}.rename_arg("q", "query");
    const haft::transform hidden = haft::transform{}.hide("q", "\"x\"");
    CHECK(
        told(R"("patternProperties":{"^x":{}})", renamed) ==
        "tool \"echo\" was not transformed: its schema says \"patternProperties\" of all names, so none can be changed "
        "[haft-E0261]");
    CHECK(holds(told(R"("minProperties":1)", hidden), "says \"minProperties\" of all names"));
    CHECK(holds(told(R"("allOf":[{"properties":{"q":{"minLength":1}}}])", hidden),
                "its schema says something of \"q\" under \"properties\", and callers don't see it"));
    CHECK(holds(told(R"("dependentRequired":{"q":["id"]})", hidden),
                "its schema says something of \"q\" under \"dependentRequired\", and it is always given"));
    CHECK(holds(told(R"("allOf":[{"$ref":"#/$defs/all"}],"$defs":{"all":{"required":["q"]}})", renamed),
                "its schema refers to \"#/$defs/all\" for all arguments"));
    CHECK(holds(
        refusal(echo(R"({"type":"object","properties":{"a b":{"type":"string"},"c":{"$ref":"#/properties/a%20b"}}})",
                     haft::transform{}.rename_arg("a b", "ab"))),
        "haft-E0261"));
    CHECK(holds(told(R"("title":"x")", haft::transform{}.describe_arg("q", "bidi\xE2\x80\xAEhere")),
                "the description of \"q\" holds characters that nobody sees"));
    CHECK(told(R"("patternProperties":{"^x":{}})", haft::transform{}.describe_arg("q", "Words")).empty());
    CHECK(told(R"("dependentRequired":{"id":["q"]})", renamed).empty());
    const haft::toolset open =
        echo(R"({"type":"object","properties":{"q":{}},"patternProperties":{"^x":{}},"additionalProperties":false})",
             haft::transform{}.describe_arg("q", "Words"));
    CHECK(text_of(open.call("echo", R"({"x1":2})")) == R"({"x1":2})");
}

TEST_CASE("two entries for one argument are refused", "[NX-04.7]") {
    haft::transform two;
    two.arguments = {{.name = "limit", .constant = "1"}, {.name = "limit", .new_name = "most"}};
    CHECK(refusal(tools_with(two)) ==
          "tool \"search\" was not transformed: two entries speak of its argument \"limit\" [haft-E0261]");
}

TEST_CASE("text that plain tools refuse is refused, with their limits", "[NX-04.1]") {
    haft::toolset plain;
    struct pair {
        std::string q = "a";
        std::string api_key = "k";
    };
    plain.add("search", "Searches", [](const pair& a) { return a.q + "|" + a.api_key; });
    const haft::toolset tools =
        plain |
        haft::views::transform("search", haft::transform{}.set_default("q", "\"b\"").set_default("api_key", "\"c\""));
    for (const std::string_view text :
         {"nullx", "", "  ", "null{}", "[1]", "\"x\"", R"({"q":"a","q":"b"})", R"({"q":"a"}x)"}) {
        INFO(text);
        const haft::result<std::string> given = tools.call("search", text);
        CHECK_FALSE(given);
        CHECK(text_of(given) == text_of(plain.call("search", text)));
    }
    CHECK(text_of(tools.call("search", " null ")) == "\"b|c\"");
    CHECK(text_of(tools.call("search", R"({"q":"a"} )")) == "\"a|c\"");
    haft::call_options options;
    options.limits.max_bytes = 10;
    CHECK(holds(text_of(tools.call("search", R"({"q":"aaaaaaaaaa"})", options)), "at most 10 are read"));
}

TEST_CASE("a flood of unknown names is counted", "[NX-04.1]") {
    std::string text = "{";
    for (int i = 0; i < 40'000; ++i) text.append(i ? ",\"k" : "\"k").append(std::to_string(i)).append("\":0");
    text += "}";
    const haft::result<std::string> given = tools_with(haft::transform{}.describe("x")).call("search", text);
    REQUIRE_FALSE(given);
    CHECK(given.error().faults.size() <= 32);
    CHECK(given.error().faults.size() + given.error().more_faults == 40'002);
    CHECK(given.error().text().size() < 10'000);
    haft::call_options options;
    options.mode = haft::lenient;
    std::vector<haft::note> notes;
    options.notes = &notes;
    CHECK_FALSE(tools_with(haft::transform{}.describe("x")).call("search", text, options));
    REQUIRE(notes.size() == 33);
    CHECK(notes.back().message == "and 39968 more were converted or dropped");
}

TEST_CASE("what is hidden is not told by faults and notes either", "[NX-04.3]") {
    haft::toolset open;
    REQUIRE(open.add("take", "Takes", R"({"type":"object","properties":{"limit":{},"q":{},"api_key":{}}})",
                     [](const query& a) { return a.q; }));
    const haft::toolset tools = open | haft::views::transform("take", haft::transform{}.hide("limit", R"("s3cret")"));
    const std::string told = text_of(tools.call("take", R"({"q":"a","api_key":"b"})"));
    CHECK(told ==
          "tool \"take\" was not called: 1 fault in its arguments\n"
          "- arguments: what the tool itself adds to them does not fit [haft-E0202]");
}
