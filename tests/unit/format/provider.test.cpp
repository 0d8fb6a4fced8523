// SPDX-License-Identifier: BSL-1.0
// Calls in, answers out, for each provider.
#include <haft/format/anthropic.hpp>
#include <haft/format/gemini.hpp>
#include <haft/format/openai.hpp>

#include "unit/format/tools.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace anthropic = haft::formats::anthropic;
namespace gemini = haft::formats::gemini;
namespace openai = haft::formats::openai;
using haft::formats::answer;
using haft::formats::call;

std::string listed(const haft::result<std::vector<call>>& calls) {
    if (!calls) return calls.error().text();
    std::string out;
    for (const call& c : *calls) out += c.id + " " + c.name + " " + c.arguments + "\n";
    return out;
}
const haft::toolset& tools() {
    static const haft::toolset all = format_test::tools();
    return all;
}
answer answered(std::string_view name, std::string_view arguments) {
    static const haft::formats::name_map names(tools());
    return haft::formats::answer_call(names, {"id7", std::string(name), std::string(arguments)});
}
template <class Append>
std::string text_of(Append append, const answer& a) {
    std::string out;
    append(out, a);
    return out;
}
std::string chat(const answer& a) {
    return text_of([](std::string& out, const answer& x) { openai::append_result(out, x); }, a);
}
std::string responses(const answer& a) {
    return text_of([](std::string& out, const answer& x) { openai::append_result(out, x, openai::api::responses); }, a);
}
std::string claude(const answer& a) { return text_of(anthropic::append_result, a); }
std::string google(const answer& a) { return text_of(gemini::append_result, a); }

}  // namespace

TEST_CASE("OpenAI: the calls of a chat message", "[IO-01]") {
    const std::string calls =
        R"([{"id":"c1","type":"function","function":{"name":"shop_place_order","arguments":"{\"items\":[{\"name\":\"p\\u00e9n\"}]}"}},
            {"id":"c2","function":{"name":"hello","arguments":""},"index":1}])";
    const std::string expected = "c1 shop_place_order {\"items\":[{\"name\":\"p\\u00e9n\"}]}\nc2 hello \n";
    CHECK(listed(openai::read_calls(calls)) == expected);
    CHECK(listed(openai::read_calls(R"( {"role":"assistant","content":null,"tool_calls":)" + calls + "} ")) ==
          expected);
    CHECK(listed(openai::read_calls(R"({"role":"assistant","content":"no call"})")).empty());
    CHECK(listed(openai::read_calls(R"({"tool_calls":null})")).empty());
    CHECK(listed(openai::read_calls("[]")).empty());
}

TEST_CASE("OpenAI: the calls of a response", "[IO-01]") {
    const std::string output =
        R"([{"type":"reasoning","id":"r"},{"type":"function_call","id":"fc_1","call_id":"c1","name":"hello","arguments":"{}"},
            {"type":"message","content":[]},{"type":"function_call","call_id":"c2","name":"fail","arguments":"not json"}])";
    CHECK(listed(openai::read_calls(output, openai::api::responses)) == "c1 hello {}\nc2 fail not json\n");
    CHECK(listed(openai::read_calls(R"({"id":"resp","output":)" + output + "}", openai::api::responses)) ==
          "c1 hello {}\nc2 fail not json\n");
}

TEST_CASE("Anthropic: tool_use blocks", "[IO-01]") {
    const std::string content =
        R"([{"type":"text","text":"Let me see"},{"type":"tool_use","id":"t1","name":"hello","input":{}},
            {"type":"tool_use","id":"t2","name":"shop_place_order","input":{"items": []}}])";
    CHECK(listed(anthropic::read_calls(content)) == "t1 hello {}\nt2 shop_place_order {\"items\": []}\n");
    CHECK(listed(anthropic::read_calls(R"({"role":"assistant","content":)" + content + "}")) ==
          "t1 hello {}\nt2 shop_place_order {\"items\": []}\n");
    CHECK(listed(anthropic::read_calls(R"({"role":"assistant","content":"Hello"})")).empty());
}

TEST_CASE("Gemini: functionCall parts, with and without an id and arguments", "[IO-01]") {
    const std::string parts =
        R"([{"text":"So"},{"functionCall":{"id":"g1","name":"hello","args":{}}},{"functionCall":{"name":"hello"},"thoughtSignature":"x"}])";
    CHECK(listed(gemini::read_calls(parts)) == "g1 hello {}\n hello {}\n");
    CHECK(listed(gemini::read_calls(R"({"role":"model","parts":)" + parts + "}")) == "g1 hello {}\n hello {}\n");
}

TEST_CASE("an object that is not the provider's is an error that says what and where", "[IO-01]") {
    const auto code = [](const auto& calls) { return calls ? haft::errc{} : calls.error().code; };
    CHECK(code(openai::read_calls("{")) == haft::errc::bad_call_object);
    CHECK(listed(openai::read_calls(R"([{"name":"get_weather","arguments":"{}"}])")) ==
          "OpenAI tool calls: /0/id: expected a string that is not empty, but it is missing [haft-E0230]");
    CHECK(listed(openai::read_calls(R"({"tool_calls":[{"id":"a","function":{"name":"x","arguments":{"a":1}}}]})")) ==
          "OpenAI tool calls: /tool_calls/0/function/arguments: expected JSON in a string, got {\"a\":1} [haft-E0230]");
    CHECK(listed(openai::read_calls(R"([{"id":"a","type":"custom","custom":{}}])")) ==
          "OpenAI tool calls: /0/type: expected \"function\", got \"custom\" [haft-E0230]");
    CHECK(listed(openai::read_calls(R"([{"id":"a","function":{"name":3}}])")) ==
          "OpenAI tool calls: /0/function/name: expected a string that is not empty, got 3 [haft-E0230]");
    CHECK(listed(openai::read_calls(R"({"tool_calls":{}})")) ==
          "OpenAI tool calls: /tool_calls: expected an array, got {} [haft-E0230]");
    CHECK(listed(openai::read_calls("7")) ==
          "OpenAI tool calls: expected an array of calls, or the object that holds it as \"tool_calls\", got 7 "
          "[haft-E0230]");
    CHECK(listed(openai::read_calls("[1]")) == "OpenAI tool calls: /0: expected an object, got 1 [haft-E0230]");
    CHECK(listed(openai::read_calls("[{}] x")) ==
          "OpenAI tool calls: not JSON: text after the end of the JSON value at byte 5 [haft-E0230]");
    CHECK(listed(openai::read_calls(R"([{"type":"function_call","name":"x","arguments":"{}"}])",
                                    openai::api::responses)) ==
          "OpenAI response: /0/call_id: expected a string that is not empty, but it is missing [haft-E0230]");
    CHECK(listed(anthropic::read_calls(R"([{"type":"tool_use","id":"t","name":"x","input":"{}"}])")) ==
          "Anthropic message: /0/input: expected an object, got \"{}\" [haft-E0230]");
    CHECK(listed(gemini::read_calls(R"({"parts":[{"functionCall":{"args":{}}}]})")) ==
          "Gemini content: /parts/0/functionCall/name: expected a string that is not empty, but it is missing "
          "[haft-E0230]");
    CHECK(listed(gemini::read_calls(R"([{"functionCall":{"name":"x","args":[]}}])")) ==
          "Gemini content: /0/functionCall/args: expected an object, got [] [haft-E0230]");
}

TEST_CASE("a result object for each provider", "[IO-01]") {
    const answer json = answered("shop_place_order", R"({"items":[{"name":"pen"}]})");
    CHECK(
        chat(json) ==
        R"({"role":"tool","tool_call_id":"id7","content":"{\"pieces\":1,\"size\":\"medium\",\"discounted\":false,\"gift\":false}"})");
    CHECK(
        responses(json) ==
        R"({"type":"function_call_output","call_id":"id7","output":"{\"pieces\":1,\"size\":\"medium\",\"discounted\":false,\"gift\":false}"})");
    CHECK(
        claude(json) ==
        R"({"type":"tool_result","tool_use_id":"id7","content":"{\"pieces\":1,\"size\":\"medium\",\"discounted\":false,\"gift\":false}"})");
    CHECK(
        google(json) ==
        R"({"functionResponse":{"id":"id7","name":"shop_place_order","response":{"output":{"pieces":1,"size":"medium","discounted":false,"gift":false}}}})");
    const answer text = answered("hello", "{}");
    CHECK(chat(text) == R"({"role":"tool","tool_call_id":"id7","content":"Hello \"you\""})");
    CHECK(google(text) == R"({"functionResponse":{"id":"id7","name":"hello","response":{"output":"Hello \"you\""}}})");
    CHECK(google({"", "hello", "x"}) == R"({"functionResponse":{"name":"hello","response":{"output":"x"}}})");
    const answer nothing = answered("_2_forget", "");
    CHECK(nothing.text == "null");
    CHECK(google(nothing) == R"({"functionResponse":{"id":"id7","name":"_2_forget","response":{"output":null}}})");
}

TEST_CASE("every call gets exactly one result with its id, whatever goes wrong", "[IO-01][EX-04]") {
    struct wrong {
        std::string_view name, arguments, says;
    };
    for (const wrong& w :
         {wrong{"no_such_tool", "{}", "Error: tool \"no_such_tool\" does not exist [haft-E0211]"},
          wrong{"shop_place_ordr", "{}", "did you mean \"shop_place_order\"?"},
          wrong{"fail", "{}", "Error: no luck [haft-E0210]"}, wrong{"hello", "not json", "[haft-E0201]"},
          wrong{"hello", "{\"x\":1}", "[haft-E0203]"}, wrong{"shop.place_order", "{}", "[haft-E0204]"}}) {
        const answer a = answered(w.name, w.arguments);
        CAPTURE(w.name, a.text);
        CHECK(a.is_error);
        CHECK(a.id == "id7");
        CHECK(a.name == w.name);
        CHECK(a.text.starts_with("Error: "));
        CHECK(a.text.find(w.says) != std::string::npos);
        CHECK(chat(a).starts_with(R"({"role":"tool","tool_call_id":"id7","content":"Error: )"));
        CHECK(responses(a).starts_with(R"({"type":"function_call_output","call_id":"id7","output":"Error: )"));
        CHECK(claude(a).ends_with(R"(,"is_error":true})"));
        CHECK(google(a).find(R"("response":{"error":"Error: )") != std::string::npos);
    }
}

TEST_CASE("both spellings of a name are called", "[IO-02]") {
    for (const std::string_view name : {"shop.place_order", "shop_place_order"})
        CHECK(answered(name, R"({"items":[{"name":"pen"}]})").text.starts_with("{\"pieces\":1"));
    for (const std::string_view name : {"2.forget", "_2_forget"}) CHECK(answered(name, "{}").text == "null");
}

TEST_CASE("null for what need not be given is the default, as strict mode sends it", "[IO-03]") {
    // What a model sends that has to give every parameter of the strict schema, nested ones too
    const answer strict = answered(
        "shop_place_order",
        R"({"items":[{"name":"pen","count":null},{"name":"ink","count":2}],"size":null,"discount":null,"gift":null})");
    const answer plain = answered("shop_place_order", R"({"items":[{"name":"pen"},{"name":"ink","count":2}]})");
    CHECK(strict.text == plain.text);
    CHECK(strict.text == R"({"pieces":3,"size":"medium","discounted":false,"gift":false})");
    const answer required = answered("shop_place_order", R"({"items":null,"size":null,"discount":null,"gift":null})");
    CHECK(required.is_error);
    CHECK(required.text.find("- /items: ") != std::string::npos);
}

TEST_CASE("a description is cut where OpenAI would refuse it", "[IO-01]") {
    haft::tool t = tools()[1];
    std::string text;
    const auto description = [&](const openai::options& o) {
        text.clear();
        openai::append_tool(text, t, "x", o);
        const std::size_t begin = text.find("\"description\":\"") + 15;
        return text.substr(begin, text.find("\",\"parameters\"") - begin);
    };
    std::string words;
    for (int i = 0; i < 1024; ++i) words += "\xC3\xA9";
    t.description = words;
    CHECK(description({}) == words);
    words += 'x';
    t.description = words;
    CHECK(haft::count_code_points(description({})) == 1024);
    CHECK(description({}) == words.substr(0, 2 * 1023) + "\xE2\x80\xA6");
    CHECK(description({.longest_description = 0}) == words);
    t.description = "";
    text.clear();
    openai::append_tool(text, t, "x");
    CHECK(text.find("description") == std::string::npos);
}

TEST_CASE("a tool is not strict if a default is known to its function only, and one after it", "[IO-03]") {
    haft::tool t = tools()[0];
    t.input_schema = R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}}})";
    const auto strict = [&](auto append, auto options) {
        options.strict = true;
        std::string text, reason = append(text, t, "x", options);
        return std::pair(text.find("\"strict\":true") != std::string::npos, std::move(reason));
    };
    CHECK(strict(openai::append_tool, openai::options{}) == std::pair(true, std::string()));
    CHECK(strict(anthropic::append_tool, anthropic::options{}) == std::pair(true, std::string()));
    t.default_gap = 1;
    const std::string why =
        "is not strict: only the function knows the default of \"a\", so \"a\" has to be given where "
        "\"b\" is; [[=haft::default_(value)]] on it tells the value";
    CHECK(strict(openai::append_tool, openai::options{}) == std::pair(false, why));
    CHECK(strict(openai::append_tool, openai::options{.api = openai::api::responses}) == std::pair(false, why));
    CHECK(strict(anthropic::append_tool, anthropic::options{}) == std::pair(false, why));
}

TEST_CASE("a tool that can't be strict says why, and is there all the same", "[IO-03]") {
    const haft::formats::name_map names(tools());
    const auto exported = openai::tools(names, {.strict = true});
    REQUIRE(exported.notes.size() == 1);
    CHECK(exported.notes[0] ==
          "tool \"tag\" is not strict: /properties/tags: a map (additionalProperties with a schema)");
    CHECK(exported.json.find("\"name\":\"tag\"") != std::string::npos);
    CHECK(openai::tools(names).notes.empty());
    const haft::toolset none;
    CHECK(openai::tools(haft::formats::name_map(none)).json == "[]");
    haft::toolset two;
    REQUIRE(two.add("a.b", "", [] { return 1; }));
    REQUIRE(two.add("a_b", "", [] { return 1; }));
    CHECK(anthropic::tools(haft::formats::name_map(two)).notes.size() == 1);
}
