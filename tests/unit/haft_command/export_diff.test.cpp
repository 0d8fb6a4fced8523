// SPDX-License-Identifier: BSL-1.0
#include <haft/host/export_diff.hpp>
#include <haft/host/schema_diff.hpp>
#include <haft/host/terminal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

using haft::host::impact;
using texts = std::vector<std::string>;

/// `days: narrower: maximum was 14, is 7`, a line for each difference.
texts differences(std::string_view before, std::string_view after) {
    texts out;
    constexpr std::string_view names[]{"words", "default", "wider", "narrower", "added", "removed", "lost", "unclear"};
    for (const haft::host::schema_difference& one : haft::host::compare_schemas(before, after))
        out.push_back(one.where + ": " + std::string(names[static_cast<unsigned char>(one.change)]) + ": " + one.what);
    return out;
}

/// The same of one keyword.
texts of_keyword(const std::string& before, const std::string& after) { return differences("{" + before + "}", "{" + after + "}"); }

/// `input days: breaking: maximum was 14, is 7`
texts changes(const std::string& before, const std::string& after) {
    const auto a = haft::host::read_export(before, "old.json");
    const auto b = haft::host::read_export(after, "new.json");
    if (!a) FAIL(a.error().text());
    if (!b) FAIL(b.error().text());
    texts out;
    for (const haft::host::export_change& one : haft::host::compare_exports(*a, *b))
        out.push_back(one.tool + " " + one.where + ": " + std::string(name_of(one.judged)) + ": " + one.what);
    return out;
}
std::string refused(std::string_view text) {
    const auto read = haft::host::read_export(text, "old.json");
    return read ? "" : read.error().text();
}

std::string tool(const std::string& name, const std::string& more) {
    return R"({"name":")" + name + R"(","description":"Does it")" + more + "}";
}
std::string with_input(const std::string& properties, const std::string& required = "") {
    return "[" +
           tool("t", R"(,"input_schema":{"type":"object","properties":{)" + properties + R"(},"required":[)" + required +
                         R"(],"additionalProperties":false})") +
           "]";
}
std::string with_output(const std::string& properties, const std::string& required = "") {
    return "[" +
           tool("t", R"(,"input_schema":{"type":"object"},"output_schema":{"type":"object","properties":{)" + properties +
                         R"(},"required":[)" + required + R"(],"additionalProperties":false})") +
           "]";
}

}  // namespace

TEST_CASE("Limits that move say to which side", "[NX-16]") {
    CHECK(of_keyword(R"("maximum":14)", R"("maximum":7)") == texts{": narrower: maximum was 14, is 7"});
    CHECK(of_keyword(R"("maximum":7)", R"("maximum":14)") == texts{": wider: maximum was 7, is 14"});
    CHECK(of_keyword(R"("minimum":1)", R"("minimum":2)") == texts{": narrower: minimum was 1, is 2"});
    CHECK(of_keyword(R"("minimum":10)", R"("minimum":9)") == texts{": wider: minimum was 10, is 9"});
    CHECK(of_keyword("", R"("minLength":1)") == texts{": narrower: minLength 1 is new"});
    CHECK(of_keyword(R"("maxItems":3)", "") == texts{": wider: maxItems 3 is gone"});
    CHECK(of_keyword(R"("maximum":1)", R"("maximum":1.0)") == texts{": words: the same in another order or spelling"});
    CHECK(of_keyword(R"("maximum":9007199254740993)", R"("maximum":9007199254740992)") ==
          texts{": narrower: maximum was 9007199254740993, is 9007199254740992"});  // which are one double
}

TEST_CASE("Types, values and rules of texts", "[NX-16]") {
    CHECK(of_keyword(R"("type":"integer")", R"("type":"number")") == texts{": wider: type was \"integer\", is \"number\""});
    CHECK(of_keyword(R"("type":"number")", R"("type":"integer")") == texts{": narrower: type was \"number\", is \"integer\""});
    CHECK(of_keyword(R"("type":"string")", R"("type":["string","null"])") ==
          texts{": wider: type was \"string\", is [\"string\",\"null\"]"});
    CHECK(of_keyword(R"("type":"string")", R"("type":["integer"])") == texts{": narrower: type was \"string\", is [\"integer\"]"});
    CHECK(of_keyword(R"("type":"string")", "") == texts{": wider: type \"string\" is gone"});
    CHECK(of_keyword(R"("enum":["a","b"])", R"("enum":["b","c"])") ==
          texts{": narrower: does not take \"a\" any more", ": wider: takes \"c\" too"});
    CHECK(of_keyword(R"("enum":[1])", R"("const":1)") == texts{": words: the same in other words"});
    CHECK(of_keyword("", R"("const":1)") == texts{": narrower: only 1 from now on"});
    CHECK(of_keyword(R"("pattern":"a")", R"("pattern":"b")") == texts{": unclear: pattern was \"a\", is \"b\""});
    CHECK(of_keyword("", R"("format":"date")") == texts{": narrower: format \"date\" is new"});
    CHECK(of_keyword(R"("uniqueItems":false)", R"("uniqueItems":true)") == texts{": narrower: uniqueItems true is new"});
    CHECK(of_keyword(R"("if":true)", "") == texts{": unclear: if true is gone"});
}

TEST_CASE("Words and defaults change no values", "[NX-16]") {
    CHECK(of_keyword(R"("description":"a")", R"("description":"b")") == texts{": words: another description"});
    CHECK(of_keyword("", R"("title":"b")") == texts{": words: another title, which was none"});
    CHECK(of_keyword(R"("default":3)", R"("default":4)") == texts{": default: default was 3, is 4"});
    CHECK(of_keyword(R"("default":3)", R"("default":3.0)") == texts{": words: the same in another order or spelling"});
    CHECK(of_keyword(R"("type":"string","description":"a")", R"("description":"a","type":"string")") ==
          texts{": words: the same in another order or spelling"});
    CHECK(differences(R"({"type": "string"})", R"({"type":"string"})").empty());
    CHECK(of_keyword("", R"("x-mine":1)") == texts{": words: the same in other words"});
}

TEST_CASE("Properties, by their path", "[NX-16]") {
    const auto in = [](const std::string& p, const std::string& more = "") { return R"("properties":{)" + p + "}" + more; };
    CHECK(of_keyword(in(R"("a":{})"), in(R"("a":{},"b":{})")) == texts{"b: added: is new"});
    CHECK(of_keyword(in(R"("a":{})"), in(R"("a":{},"b":{})", R"(,"required":["b"])")) == texts{"b: narrower: is new and required"});
    CHECK(of_keyword(in(R"("a":{},"b":{})"), in(R"("a":{})")) == texts{"b: removed: is gone"});
    CHECK(of_keyword(in(R"("b":{})", R"(,"required":["b"])"), in("")) == texts{"b: lost: is gone"});
    CHECK(of_keyword(in(R"("b":{})"), in(R"("b":{})", R"(,"required":["b"])")) == texts{"b: narrower: is required from now on"});
    CHECK(of_keyword(in(R"("b":{})", R"(,"required":["b"])"), in(R"("b":{})")) == texts{"b: wider: need not be given any more"});
    CHECK(of_keyword(in(R"("a":{"properties":{"b":{"maximum":2}}})"), in(R"("a":{"properties":{"b":{"maximum":1}}})")) ==
          texts{"a.b: narrower: maximum was 2, is 1"});
    CHECK(of_keyword(in(R"("a":{"items":{"type":"string"}})"), in(R"("a":{"items":{"type":"integer"}})")) ==
          texts{"a[]: narrower: type was \"string\", is \"integer\""});
    CHECK(of_keyword(R"("additionalProperties":false)", "") == texts{": wider: takes other names too"});
    CHECK(of_keyword("", R"("additionalProperties":false)") == texts{": narrower: takes no other names any more"});
    CHECK(of_keyword(R"("additionalProperties":{"minimum":1})", R"("additionalProperties":{"minimum":2})") ==
          texts{"*: narrower: minimum was 1, is 2"});
    CHECK(of_keyword(R"("prefixItems":[{},{"minimum":1}])", R"("prefixItems":[{},{"minimum":2}])") ==
          texts{"[1]: narrower: minimum was 1, is 2"});
    CHECK(of_keyword(R"("prefixItems":[{}])", R"("prefixItems":[])") == texts{": unclear: has 0 items of their own, not 1"});
    CHECK(of_keyword(R"("$defs":{"node":{"maximum":2}})", R"("$defs":{"node":{"maximum":1}})") ==
          texts{"#node: narrower: maximum was 2, is 1"});
}

TEST_CASE("Alternatives", "[NX-16]") {
    CHECK(of_keyword(R"("anyOf":[{"type":"string"}])", R"("anyOf":[{"type":"string"},{"type":"null"}])") ==
          texts{": wider: the alternative {\"type\":\"null\"} is new"});
    CHECK(of_keyword(R"("anyOf":[{"type":"string"},{"type":"null"}])", R"("anyOf":[{"type":"string"}])") ==
          texts{": narrower: the alternative {\"type\":\"null\"} is gone"});
    CHECK(of_keyword(R"("anyOf":[{"type":"null"},{"maximum":2}])", R"("anyOf":[{"maximum":1},{"type":"null"}])") ==
          texts{": narrower: maximum was 2, is 1"});
    CHECK(of_keyword("", R"("oneOf":[{"maximum":1}])") == texts{": narrower: oneOf [{\"maximum\":1}] is new"});
}

TEST_CASE("Of arguments what was taken must still be, of results what comes must have been told of", "[NX-16]") {
    const std::string days = R"("days":{"type":"integer"})", more = R"(,"unit":{"type":"string"})";
    CHECK(changes(with_input(days), with_input(days)).empty());
    CHECK(changes(with_input(days), with_input(days + more)) == texts{"t input unit: compatible: is new"});
    CHECK(changes(with_input(days), with_input(days + more, R"("unit")")) == texts{"t input unit: breaking: is new and required"});
    CHECK(changes(with_input(days + more), with_input(days)) == texts{"t input unit: breaking: is gone"});
    CHECK(changes(with_input(days), with_input(R"("days":{"type":"number"})")) ==
          texts{"t input days: compatible: type was \"integer\", is \"number\""});
    CHECK(changes(with_input(days), with_input(R"("days":{"type":"integer","description":"How many"})")) ==
          texts{"t input days: cache-only: another description, which was none"});
    CHECK(changes(with_input(R"("days":{"default":1})"), with_input(R"("days":{"default":2})")) ==
          texts{"t input days: compatible: default was 1, is 2"});

    CHECK(changes(with_output(days), with_output(R"("days":{"type":"number"})")) ==
          texts{"t output days: breaking: type was \"integer\", is \"number\""});
    CHECK(changes(with_output(R"("days":{"type":"number"})"), with_output(days)) ==
          texts{"t output days: compatible: type was \"number\", is \"integer\""});
    CHECK(changes(with_output(days + more, R"("unit")"), with_output(days)) == texts{"t output unit: breaking: is gone"});
    CHECK(changes(with_output(days + more), with_output(days)) == texts{"t output unit: compatible: is gone"});
    CHECK(changes(with_output(days), with_output(days + more, R"("unit")")) ==
          texts{"t output unit: compatible: is new and required"});
    CHECK(changes(with_output(days, R"("days")"), with_output(days)) ==
          texts{"t output days: breaking: need not be given any more"});
}

TEST_CASE("Tools that come, go and move; what they say beside their schemas", "[NX-16]") {
    const auto two = [](const std::string& a, const std::string& b) { return "[" + a + "," + b + "]"; };
    CHECK(changes(two(tool("a", ""), tool("b", "")), two(tool("a", ""), tool("c", ""))) ==
          texts{"b : breaking: is gone", "c : compatible: is new"});
    CHECK(changes(two(tool("a", ""), tool("b", "")), two(tool("b", ""), tool("a", ""))) ==
          texts{" : cache-only: the tools are in another order"});
    CHECK(changes("[" + tool("a", "") + "]", R"([{"description":"Does it","name":"a"}])") ==
          texts{"a : cache-only: the same in another order or spelling"});
    CHECK(changes("[" + tool("a", "") + "]", R"([ {"name" : "a", "description" : "Does it"} ])").empty());
    CHECK(changes(R"([{"name":"a","description":"x"}])", R"([{"name":"a","description":"y"}])") ==
          texts{"a description: cache-only: another description"});
    const auto effect = [](const std::string& e) { return "[" + tool("a", R"(,"effect":")" + e + "\"") + "]"; };
    CHECK(changes(effect("read_only"), effect("additive")) == texts{R"(a effect: breaking: was "read_only", is "additive")"});
    CHECK(changes(effect("additive"), effect("destructive")) == texts{R"(a effect: breaking: was "additive", is "destructive")"});
    CHECK(changes(effect("destructive"), effect("read_only")) == texts{R"(a effect: compatible: was "destructive", is "read_only")"});
    CHECK(changes("[" + tool("a", "") + "]", "[" + tool("a", R"(,"needs_approval":true)") + "]") ==
          texts{"a needs_approval: breaking: was nothing, is true"});
    CHECK(changes("[" + tool("a", "") + "]", "[" + tool("a", R"(,"deferred":true)") + "]") ==
          texts{"a deferred: cache-only: is deferred now"});
    const auto hints = [](const std::string& h) { return "[" + tool("a", R"(,"annotations":{)" + h + "}") + "]"; };
    CHECK(changes(hints(R"("readOnlyHint":true)"), hints(R"("readOnlyHint":false)")) ==
          texts{"a readOnlyHint: breaking: was true, is false"});
    CHECK(changes(hints(""), hints(R"("idempotentHint":true)")) == texts{"a idempotentHint: compatible: was nothing, is true"});
}

TEST_CASE("Exports of every shape", "[NX-16]") {
    const std::string schema = R"({"type":"object","properties":{"n":{"maximum":2}}})";
    const std::string other = R"({"type":"object","properties":{"n":{"maximum":1}}})";
    for (const auto& [before, after] : {std::pair<std::string, std::string>{R"({"tools":[{"name":"a","inputSchema":)", "}]}"},
                                        {R"({"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a","inputSchema":)", "}]}}"},
                                        {R"([{"type":"function","function":{"name":"a","parameters":)", "}}]"},
                                        {R"([{"type":"function","name":"a","parameters":)", "}]"},
                                        {R"( [{"name":"a","input_schema":)", "}]\n"}})
        CHECK(changes(before + schema + after, before + other + after) ==
              texts{"a input n: breaking: maximum was 2, is 1"});
}

TEST_CASE("What is no export is refused by its name", "[NX-16]") {
    CHECK(refused("{}") ==
          "old.json is no export of tools: expected an array of tools, or an object with one under \"tools\" [haft-E0215]");
    CHECK(refused(R"([{"description":"x"}])") == "old.json is no export of tools: tool 1 has no name [haft-E0215]");
    CHECK(refused(R"([{"name":"a"},{"name":"a"}])") == "old.json is no export of tools: two tools are named \"a\" [haft-E0215]");
    CHECK(refused(R"([{"name":"a","input_schema":3}])") ==
          "old.json is no export of tools: a schema of tool \"a\" is no object [haft-E0215]");
    CHECK(refused("[").starts_with("old.json is no JSON\n- "));
    CHECK(refused("").starts_with("old.json is no JSON\n- "));
    CHECK(refused(R"([{"name":"a","name":"b"}])").find("[haft-E0206]") != std::string::npos);
}

TEST_CASE("Changes as a table and as JSON", "[NX-16]") {
    const std::vector<haft::host::export_change> some{{"t", "input days", impact::breaking, "is gone"},
                                                      {"", "", impact::cache_only, "the tools are in another order"}};
    CHECK(worst_of(some) == impact::breaking);
    CHECK(haft::host::worst_of({}) == impact::none);
    CHECK(changes_text(some, {}) ==
          "tool  where       judged      what changed\n"
          "t     input days  breaking    is gone\n"
          "-     -           cache-only  the tools are in another order");
    CHECK(changes_json(some) ==
          "{\"judged\":\"breaking\",\"changes\":[\n"
          "{\"tool\":\"t\",\"where\":\"input days\",\"judged\":\"breaking\",\"what\":\"is gone\"},\n"
          "{\"tool\":\"\",\"where\":\"\",\"judged\":\"cache-only\",\"what\":\"the tools are in another order\"}\n]}");
    CHECK(haft::host::changes_json({}) == "{\"judged\":\"none\",\"changes\":[]}");
}
