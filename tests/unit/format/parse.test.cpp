// SPDX-License-Identifier: BSL-1.0
// Calls in a model's free text.
#include <haft/format/parse.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

struct patch {
    std::string path;
    std::string text;
    int line = 1;
    bool force = false;
};
const haft::toolset& tools() {
    static const haft::toolset all = [] {
        haft::toolset out;
        out.add("shell", "Runs", [](haft::arg<"code", std::string>) {});
        out.add("save", "Saves", [](haft::arg<"path", std::string>, haft::arg<"text", std::string>) {});
        out.add("patch", "Patches", [](const patch&) {});
        out.add("count", "Counts", [](haft::arg<"numbers", std::vector<int>>) {});
        out.add("now", "Tells the time", [] { return 1; });
        return out;
    }();
    return all;
}
haft::parsed_text parse(std::string_view text) { return haft::parse_calls(text, tools()); }

/// `name(id) {arguments} form begin-end`, a line each.
std::string shown(const haft::parsed_text& of) {
    std::string out;
    for (const haft::parsed_call& one : of.calls) {
        out += one.call.name + "(" + one.call.id + ") " + one.call.arguments;
        out += one.problem ? " !" : "";
        out += "\n";
    }
    return out;
}
/// All that there is to say, to compare.
std::string all_of(const haft::parsed_text& of) {
    std::string out = "text: " + of.text + "\n";
    for (const haft::parsed_call& one : of.calls) {
        out += shown({.calls = {one}}) + std::to_string(static_cast<int>(one.form)) + " " + std::to_string(one.begin) +
               "-" + std::to_string(one.end);
        for (const std::string& repair : one.repairs) out += " " + repair;
        out += "\n";
    }
    for (const haft::error& e : of.problems) out += e.text() + "\n";
    return out;
}
void append(haft::parsed_text& all, haft::parsed_text more) {
    all.text += more.text;
    for (haft::parsed_call& one : more.calls) all.calls.push_back(std::move(one));
    for (haft::error& e : more.problems) all.problems.push_back(std::move(e));
}
haft::parsed_text in_pieces(std::string_view text, std::size_t piece) {
    haft::call_parser parser(tools());
    haft::parsed_text all;
    for (std::size_t at = 0; at < text.size(); at += piece) append(all, parser.feed(text.substr(at, piece)));
    append(all, parser.finish());
    return all;
}

}  // namespace

TEST_CASE("A code block whose first word is a tool's name is a call", "[IO-06]") {
    const haft::parsed_text found = parse("Let me look:\n```shell\nls -l\ncd /\n```\nThat was it.");
    CHECK(shown(found) == "shell() {\"code\":\"ls -l\\ncd /\"}\n");
    CHECK(found.text == "Let me look:\nThat was it.");
    REQUIRE(found.calls.size() == 1);
    CHECK(found.calls[0].form == haft::call_form::code_block);
    CHECK(found.calls[0].begin == 13);
    CHECK(found.calls[0].end == 37);
    CHECK(found.calls[0].repairs.empty());
    CHECK(found.problems.empty());
    CHECK(shown(parse("~~~~ shell  \r\nls\r\n~~~~")) == "shell() {\"code\":\"ls\"}\n");
    CHECK(shown(parse("```now\n```")) == "now() {}\n");
}

TEST_CASE("Words behind the tool's name are for its other parameters, in their order", "[IO-06]") {
    CHECK(shown(parse("```save a.txt\nhello\n\n```\n")) == "save() {\"path\":\"a.txt\",\"text\":\"hello\\n\"}\n");
    CHECK(shown(parse("```patch a.txt 12 true\nhello\n```\n")) ==
          "patch() {\"path\":\"a.txt\",\"text\":\"hello\",\"line\":12,\"force\":true}\n");
    // Too many words, or a text that no parameter is for: an ordinary block.
    CHECK(parse("```save a.txt b.txt\nhello\n```\n").calls.empty());
    CHECK(parse("```now\nhello\n```\n").calls.empty());
}

TEST_CASE("A block of a JSON object of the tool's parameters is its arguments", "[IO-06]") {
    CHECK(shown(parse("```save\n{\"path\": \"a\", \"text\": \"b\"}\n```")) ==
          "save() {\"path\": \"a\", \"text\": \"b\"}\n");
    CHECK(shown(parse("```count\n{\"numbers\": [1, 2,]}\n```")) == "count() {\"numbers\": [1, 2]}\n");
    CHECK(shown(parse("```shell\n{ echo; }\n```")) == "shell() {\"code\":\"{ echo; }\"}\n");
    CHECK(shown(parse("```shell\n{\"other\": 1}\n```")) == "shell() {\"code\":\"{\\\"other\\\": 1}\"}\n");
}

TEST_CASE("A child of <tool-use> is a call", "[IO-06]") {
    const haft::parsed_text found =
        parse("Now <tool-use>\n<shell>\nls\n</shell>\n<save path=\"a b\" >x</save><now/>\n</tool-use> done");
    CHECK(shown(found) == "shell() {\"code\":\"ls\"}\nsave() {\"path\":\"a b\",\"text\":\"x\"}\nnow() {}\n");
    CHECK(found.text == "Now  done");
    CHECK(found.calls.at(0).form == haft::call_form::xml);
    CHECK(found.calls.at(0).begin == 15);
    CHECK(shown(parse("<tool-use><patch args='a.txt' n='7'>x</patch></tool-use>")) ==
          "patch() {\"path\":\"a.txt\",\"text\":\"x\",\"line\":7}\n");
    CHECK(shown(parse("<tool-use><unknown a='1'>x</unknown></tool-use>")) ==
          "unknown() {\"a\":\"1\",\"content\":\"x\"}\n");
}

TEST_CASE("An <invoke> of <function_calls> is a call, with parameters by their types", "[IO-06]") {
    const haft::parsed_text found = parse(
        "<function_calls>\n<invoke name=\"patch\" id=\"c7\">\n"
        "<parameter name=\"path\">a.txt</parameter>\n"
        "<parameter name=\"text\">\n  two\nlines\n</parameter>\n"
        "<parameter name=\"line\"> 12 </parameter>\n"
        "<parameter name=\"force\">true</parameter>\n"
        "</invoke>\n<invoke name='count'><parameter name=\"numbers\">[1,2]</parameter>"
        "</invoke></function_calls>");
    CHECK(shown(found) ==
          "patch(c7) {\"path\":\"a.txt\",\"text\":\"  two\\nlines\",\"line\":12,\"force\":true}\n"
          "count() {\"numbers\":[1,2]}\n");
    CHECK(found.text.empty());
    CHECK(shown(parse("<function_calls><invoke name=\"shell\">ls</invoke></function_calls>")) ==
          "shell() {\"code\":\"ls\"}\n");
    CHECK(shown(parse("<function_calls><invoke name=\"shell\">\n{\"code\": \"ls\"}\n</invoke></function_calls>")) ==
          "shell() {\"code\": \"ls\"}\n");
}

TEST_CASE("In XML the five entities and CDATA say what they say, and a lone & is itself", "[IO-06]") {
    CHECK(shown(parse("<tool-use><shell>a &amp;&lt;&gt;&quot;&apos; && b &copy; &</shell></tool-use>")) ==
          "shell() {\"code\":\"a &<>\\\"' && b &copy; &\"}\n");
    CHECK(shown(parse("<tool-use><shell><![CDATA[a &amp; <b>]]></shell></tool-use>")) ==
          "shell() {\"code\":\"a &amp; <b>\"}\n");
}

TEST_CASE("@name(id): and a JSON object is a call", "[IO-06]") {
    const haft::parsed_text found =
        parse("I look.\n@shell(call-1): {\"code\": \"}{\\\"\"}\n@now(2):\n{}\nDone @now(3): {}");
    CHECK(shown(found) == "shell(call-1) {\"code\": \"}{\\\"\"}\nnow(2) {}\n");
    CHECK(found.text == "I look.\n\n\nDone @now(3): {}");  // only at the beginning of a line
    CHECK(found.calls.at(0).form == haft::call_form::at_sign);
    CHECK(found.calls.at(0).begin == 8);
    CHECK(found.calls.at(0).end == 40);
    CHECK(shown(parse("@unknown(1): {\"a\": [1]}")) == "unknown(1) {\"a\": [1]}\n");
    for (const std::string_view text :
         {"@shell: {}", "@shell(1) {}", "@shell(1): []", "@(1): {}", "@she ll(1): {}", "@", "x@shell(1): {}"})
        CHECK(parse(text).calls.empty());
}

TEST_CASE("What stands in a fenced block is no call", "[IO-06]") {
    for (const std::string_view text :
         {"```python\n@shell(1): {}\n```", "```\n<tool-use><now/></tool-use>\n```",
          "~~~text\n@now(1): {}\n```\n@now(2): {}\n~~~", "```md\n```shell\nls\n```\n@now(1): {}\n```\n",
          "````\n```shell\nls\n```\n````", "```python\n@now(1): {}"}) {
        INFO(text);
        const haft::parsed_text found = parse(text);
        CHECK(found.calls.empty());
        CHECK(found.text == text);
    }
    CHECK(shown(parse("```python\n@now(1): {}\n```\n@now(2): {}")) == "now(2) {}\n");
    CHECK(shown(parse("Say ```now``` or `x`.\n```shell\n@now(1): {}\n```")) == "shell() {\"code\":\"@now(1): {}\"}\n");
    CHECK(parse("<think>\n@now(1): {}\n```shell\nls\n```\n</think>").calls.empty());
    CHECK(shown(parse("<think>\n```shell\n</think>\n@now(1): {}")) == "now(1) {}\n");
}

TEST_CASE("A block within a block belongs to the outer one", "[IO-06]") {
    CHECK(shown(parse("```save a.md\n# A\n```bash\nls\n```\nend\n```\n")) ==
          "save() {\"path\":\"a.md\",\"text\":\"# A\\n```bash\\nls\\n```\\nend\"}\n");
    CHECK(shown(parse("````shell\n```\n````\n")) == "shell() {\"code\":\"```\"}\n");
}

TEST_CASE("Calls come in the order of the text, whatever their form", "[IO-06]") {
    const haft::parsed_text found = parse("@now(1): {}\n```shell\nls\n```\n<tool-use><now/></tool-use>\n@now(2): {}\n");
    REQUIRE(found.calls.size() == 4);
    for (std::size_t i = 1; i < found.calls.size(); ++i) CHECK(found.calls[i - 1].end <= found.calls[i].begin);
    CHECK(found.calls[1].call.name == "shell");
    CHECK(found.calls[3].call.id == "2");
}

TEST_CASE("JSON is mended where there is one way to understand it, and each mending is noted", "[IO-06]") {
    const auto mended = [](std::string_view text) {
        const std::optional<haft::repaired_json> out = haft::repair_json(text);
        return out ? out->text + "|" + std::to_string(out->repairs.size()) : "no";
    };
    CHECK(mended("{\"a\": 1}") == "{\"a\": 1}|0");
    CHECK(mended("{\"a\": [1, {\"b\": 2") == "{\"a\": [1, {\"b\": 2}]}|1");
    CHECK(mended("{\"a\": [1, 2}") == "{\"a\": [1, 2]}|1");
    CHECK(mended("{\"a\": [1, 2, ], }") == "{\"a\": [1, 2 ] }|1");
    CHECK(mended("{\"a\": 1,") == "{\"a\": 1}|2");
    CHECK(mended("{'a': 'b'}") == "{\"a\": \"b\"}|1");
    CHECK(mended("{'a': 'don't say \"no\"', 'b': 'it\\'s'}") == "{\"a\": \"don't say \\\"no\\\"\", \"b\": \"it's\"}|1");
    CHECK(mended("{\"a\": \"one\ntwo\tthree\x01\"}") == "{\"a\": \"one\\ntwo\\tthree\\u0001\"}|1");
    CHECK(mended("{\"a\": True, \"b\": None, 'c': [False,]}") == "{\"a\": true, \"b\": null, \"c\": [false]}|3");
    CHECK(mended("{\"a\": \",]\", \"b\": \"',}\"}") == "{\"a\": \",]\", \"b\": \"',}\"}|0");
    for (const std::string_view text :
         {"", "{\"a\": \"cut", "{\"a\":", "{\"a\" 1}", "{a: 1}", "{\"a\": 1 \"b\": 2}", "{\"a\": 1}}",
          "{\"a\": \"\\x\"}", "{\"a\": tru", "nonsense", "{\"a\": \"x\" y\"}", "{,}", "{\"a\": \xFF}"})
        CHECK(mended(text) == "no");
    const haft::parsed_text found = parse("@shell(1): {'code': 'ls',}");
    REQUIRE(found.calls.size() == 1);
    CHECK(found.calls[0].repairs == std::vector<std::string>{"single quotes became double quotes",
                                                             "a comma before a closing bracket was taken out"});
}

TEST_CASE("Arguments that can't be mended are handed on for the reader to refuse; of no tool they are text",
          "[IO-06]") {
    const haft::parsed_text found = parse("@shell(1): {\"code\" \"ls\"}");
    REQUIRE(found.calls.size() == 1);
    REQUIRE(found.calls[0].problem);
    CHECK(found.calls[0].problem->code == haft::errc::call_not_json);
    CHECK(found.calls[0].call.arguments == "{\"code\" \"ls\"}");
    CHECK(tools().call("shell", found.calls[0].call.arguments).error().code == haft::errc::invalid_arguments);
    const haft::parsed_text smile = parse("@you(all): {smile}\n@now(1): {}");
    CHECK(shown(smile) == "now(1) {}\n");
    CHECK(smile.text == "@you(all): {smile}\n");
}

TEST_CASE("What is not complete waits for more, and then is a call", "[IO-06]") {
    haft::call_parser parser(tools());
    haft::parsed_text now = parser.feed("Well.\n@shell(1): {\"code\": \"l");
    CHECK(now.calls.empty());
    CHECK(now.text == "Well.\n");
    now = parser.feed("s\"");
    CHECK(now.calls.empty());
    CHECK(now.text.empty());
    now = parser.feed("} and");
    CHECK(shown(now) == "shell(1) {\"code\": \"ls\"}\n");
    CHECK(now.text == " and");
    now = parser.feed("\n```shell\nls\n```");
    CHECK(now.calls.empty());  // the closing line may go on
    now = parser.feed("\n<tool-u");
    CHECK(shown(now) == "shell() {\"code\":\"ls\"}\n");
    now = parser.feed("se><now/></tool-use>x");
    CHECK(shown(now) == "now() {}\n");
    CHECK(now.text == "x");
    now = parser.finish();
    CHECK(now.text.empty());
    CHECK(now.problems.empty());
    now = parser.feed("@now(1): {}");  // as new
    CHECK(now.calls.at(0).begin == 0);
}

TEST_CASE("At the end what only lacks brackets or the last tag is a call, anything else text and a problem",
          "[IO-06]") {
    CHECK(shown(parse("@shell(1): {\"code\": \"ls\"")) == "shell(1) {\"code\": \"ls\"}\n");
    CHECK(shown(parse("<function_calls><invoke name=\"now\"></invoke>\n")) == "now() {}\n");
    CHECK(parse("<function_calls><invoke name=\"now\"></invoke>").calls.at(0).repairs ==
          std::vector<std::string>{"the closing tag </function_calls> was missing"});
    for (const std::string_view text :
         {"@shell(1): {\"code\": \"l", "@shell(1): {\"code\":", "```shell\nls\n", "<tool-use><shell>ls",
          "<function_calls><invoke name=\"now\">", "@shell(1): {\"code\"\n@x"}) {
        INFO(text);
        const haft::parsed_text cut = parse(text);
        CHECK(cut.calls.empty());
        CHECK(cut.text == text);
        REQUIRE(cut.problems.size() == 1);
        CHECK(cut.problems[0].code == haft::errc::call_cut_off);
        CHECK(cut.problems[0].message.find("at byte 0") != std::string::npos);
    }
    // Behind it other calls are found.
    CHECK(shown(parse("@shell(1): {\"code\": [\n@now(2): {}")) == "now(2) {}\n");
    CHECK(shown(parse("<tool-use><shell>ls\n@now(2): {}")) == "now(2) {}\n");
    CHECK(parse("Write <tool-use> or <function_calls> then.").problems.empty());
}

TEST_CASE("Where the pieces of a text end changes nothing, and where the text ends does no harm", "[IO-06]") {
    const std::vector<std::string> texts{
        "Look:\n```shell\nls\n```\n\n~~~save a\n```x\n```\n~~~\n  ```now\n  ```  \r\n@now(1): {}\n",
        "a <tool-use>\n<shell>\nls &amp; x\n</shell> b <save path=\"a'\" n='&lt;'>x</save> <b "
        "</tool-use>c<tool-use><now",
        "<function_calls>\n<invoke name=\"save\"><parameter name=\"path\">\na</parameter> <parameter name=\"text\">b\n"
        "</parameter></invoke></function_calls> <function_calls> x",
        "@shell(a-1):  {'code': 'don't', \"n\": [1, {\"x\": \"\\\\\\\"}\"}],}\n@save(2): {\"path\": True, \"a\": '",
        "<think>a\n@now(1): {}</think>\n@now(2): {\"a\": [}\n@x(3): {\"\xC3\xA4\xFF\x00\x01\": \"\n\"}\n",
        "@a(1): {@b(2): {\n@c(3): {}\n``` `\n```\n<tool-use><x></tool-use></x></tool-use>"};
    for (const std::string& text : texts) {
        const std::string whole = all_of(parse(text));
        INFO(text);
        for (const std::size_t piece : {1u, 2u, 3u, 7u}) CHECK(all_of(in_pieces(text, piece)) == whole);
        for (std::size_t n = 0; n <= text.size(); ++n) {
            const std::string_view cut = std::string_view(text).substr(0, n);
            const haft::parsed_text found = parse(cut);
            CHECK(all_of(in_pieces(cut, 1)) == all_of(found));
            std::size_t before = 0;
            for (const haft::parsed_call& one : found.calls) {
                CHECK(one.begin >= before);
                CHECK(one.end > one.begin);
                CHECK(one.end <= n);
                before = one.end;
            }
        }
    }
}

TEST_CASE("Limits: more calls than allowed are text, and so is one that is too large", "[IO-06]") {
    std::string text;
    for (int i = 0; i < 5; ++i) text += "@now(" + std::to_string(i) + "): {}\n";
    text += "<tool-use><now/></tool-use>\n```now\n```\n";
    haft::parsed_text found = haft::parse_calls(text, tools(), {.most_calls = 2});
    CHECK(found.calls.size() == 2);
    CHECK(found.text.find("@now(2): {}") != std::string::npos);
    CHECK(found.text.find("```now\n```") != std::string::npos);
    found = haft::parse_calls("<tool-use><now/> <now/> <now/></tool-use>", tools(), {.most_calls = 2});
    CHECK(found.calls.size() == 2);
    CHECK(found.text == " <now/></tool-use>");

    const std::string large(2000, 'x');
    for (const std::string& one : {"@shell(1): {\"code\": \"" + large + "\"}", "```shell\n" + large + "\n```",
                                   "<tool-use><shell>" + large + "</shell></tool-use>"}) {
        found = haft::parse_calls(one + "\n@now(1): {}", tools(), {.most_call_bytes = 1000});
        CHECK(shown(found) == "now(1) {}\n");
        REQUIRE(found.problems.size() == 1);
        CHECK(found.problems[0].code == haft::errc::call_too_large);
        CHECK(haft::parse_calls(one, tools(), {.most_call_bytes = 3000}).calls.size() == 1);
    }
    found = haft::parse_calls("@now(1): {}\n```now\n```\n<tool-use><now/></tool-use>", tools(),
                              {.code_blocks = false, .xml = false, .at_signs = false});
    CHECK(found.calls.empty());
}

TEST_CASE("A text of nothing but beginnings is read in one pass", "[IO-06]") {
    const auto many = [](std::string_view part) {
        std::string out;
        while (out.size() < 100000) out += part;
        return out;
    };
    for (const std::string_view part : {"@a(1): {", "@a(1): {\n", "@a(1): {\"\n", "@a(1): {'\n", "<tool-use><x>",
                                        "<function_calls><invoke name=\"a\">", "```shell\n", "```\n", "<think>", "{",
                                        "@a(1): {[[", "<tool-use><a b=\"", "<", "@", "@a(", "'  ", "\n"}) {
        INFO(part);
        const std::string text = many(part);
        const haft::parsed_text found = parse(text);
        CHECK(found.text.size() <= text.size());
        CHECK(found.problems.size() <= 18);
        const haft::parsed_text pieces = in_pieces(std::string_view(text).substr(0, 8000), 1);
        CHECK(all_of(pieces) == all_of(parse(std::string_view(text).substr(0, 8000))));
    }
    CHECK(parse("<tool-use>" + many("<x>") + "</tool-use>").calls.empty());
    CHECK(parse("@shell(1): {\"code\": \"" + many("'") + "\"}").calls.size() == 1);
    CHECK(parse("@shell(1): {'code': '" + many("'   ") + "'}").calls.size() == 1);
}
