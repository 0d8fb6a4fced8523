// SPDX-License-Identifier: BSL-1.0
// How a person is asked; at a terminal, and with servers that ask, tests/haft_command/mcp.py and chat.py try it.
#include <haft/host/terminal_asker.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdio>
#include <deque>
#include <string>
#include <string_view>

namespace {

using haft::host::read_line;

/// Types what stands in it; then nobody is there any more.
struct typing final : haft::host::line_source {
    explicit typing(std::deque<std::string> lines) : left(std::move(lines)) {}
    std::deque<std::string> left;
    std::string prompts;
    read_line read(std::string_view prompt) override {
        prompts += std::string(prompt) + "|";
        if (left.empty()) return {read_line::kind::end, {}};
        if (left.front() == "^C") return left.pop_front(), read_line{read_line::kind::interrupted, {}};
        read_line out{read_line::kind::line, left.front()};
        left.pop_front();
        return out;
    }
    bool is_person() const noexcept override { return true; }
};

struct asked {
    std::string answer, shown, prompts;
};
asked ask(haft::question q, std::deque<std::string> lines) {
    typing from(std::move(lines));
    const haft::host::terminal plain;
    std::FILE* const shows = std::tmpfile();
    REQUIRE(shows);
    asked out;
    haft::host::terminal_asker person(from, plain, shows);
    const haft::result<std::string_view> got = person.ask(std::move(q));
    out.answer = got ? std::string(*got) : got.error().text();
    out.prompts = from.prompts;
    std::rewind(shows);
    for (int c; (c = std::fgetc(shows)) != EOF;) out.shown += static_cast<char>(c);
    std::fclose(shows);
    return out;
}
asked ask_form(std::string_view properties, std::deque<std::string> lines, std::string_view required = "[]") {
    lines.push_front("y");
    return ask({.params = R"({"message":"Well?","requestedSchema":{"type":"object","properties":)" + std::string(properties) + R"(,"required":)" +
                          std::string(required) + "}}"},
               std::move(lines));
}
std::string content(std::string_view properties, std::deque<std::string> lines, std::string_view required = "[]") {
    return ask_form(properties, std::move(lines), required).answer;
}

}  // namespace

TEST_CASE("A person fills in a form line by line, and what is typed becomes what the schema wants", "[NX-11]") {
    CHECK(content(R"({"a":{"type":"string"}})", {"x \"y\""}) == R"({"action":"accept","content":{"a":"x \"y\""}})");
    CHECK(content(R"({"a":{"type":"string"}})", {""}) == R"({"action":"accept","content":{}})");
    CHECK(content("{}", {}) == R"({"action":"accept","content":{}})");
    CHECK(content(R"({"n":{"type":"number","maximum":2},"b":{"type":"boolean"}})", {"3", "x", " 1.5 ", "maybe", "n"}) ==
          R"({"action":"accept","content":{"n":1.5,"b":false}})");
    CHECK(content(R"({"i":{"type":"integer","default":7}})", {"1.5", ""}) == R"({"action":"accept","content":{"i":7}})");
    CHECK(content(R"({"c":{"type":"string","enum":["x","y"],"enumNames":["Ex","Why"]}})", {"z", "Why"}) == R"({"action":"accept","content":{"c":"y"}})");
    CHECK(content(R"({"m":{"type":"array","minItems":1,"items":{"anyOf":[{"const":"x","title":"Ex"},{"const":"y","title":"Why"}]}}})", {",", "Ex,2"}) ==
          R"({"action":"accept","content":{"m":["x","y"]}})");
    CHECK(content(R"({"a":{"type":"string","x":{"of haft's":"not known"},"oddly":1}})", {"x"}) == R"({"action":"accept","content":{"a":"x"}})");
    const asked needed = ask_form(R"({"a":{"type":"string","title":"Name"}})", {"", "x"}, R"(["a"])");
    CHECK(needed.answer == R"({"action":"accept","content":{"a":"x"}})");
    CHECK(needed.prompts == "Answer? [y/n] |  Name (text): |  Name (text): |");
    CHECK(needed.shown == "The tool asks: Well?\n  it is required; Ctrl-C goes away\n");
}

TEST_CASE("A person may say no, or go away", "[NX-11]") {
    const haft::question q{.params = R"({"message":"Well?"})"};
    CHECK(ask(q, {"what", "n"}).answer == R"({"action":"decline"})");
    CHECK(ask(q, {}).answer == R"({"action":"cancel"})");
    const asked left = ask_form(R"({"a":{"type":"string"}})", {"^C"});
    CHECK(left.answer == R"({"action":"cancel"})");
}

TEST_CASE("What a server says can't pass for the host's own words", "[NX-11]") {
    const asked told = ask({.params = R"({"message":"Hi\n\u001b[2JAnswer? [y/n] \u202e"})", .from = "MCP server \"s\""}, {"n"});
    CHECK(told.shown == "MCP server \"s\" asks: Hi\n  ?[2JAnswer? [y/n] ?\n");
}

TEST_CASE("A page is shown whole, and only one of the web", "[NX-11]") {
    const auto page = [](std::string_view url, std::deque<std::string> lines) {
        return ask({haft::question_kind::url, {}, R"({"message":"Log in","url":")" + std::string(url) + "\"}"}, std::move(lines));
    };
    const asked shown = page("https://example.com/a", {"y"});
    CHECK(shown.answer == R"({"action":"accept"})");
    CHECK(shown.shown == "The tool wants you to open a page: Log in\n  https://example.com/a\n");
    CHECK(page("https://example.com/a", {"n"}).answer == R"({"action":"decline"})");
    CHECK(page("https://example.com/a", {"^C"}).answer == R"({"action":"cancel"})");
    CHECK(page("file:///etc/passwd", {"y"}).answer == R"({"action":"decline"})");
}

TEST_CASE("What no person knows is not asked of one", "[NX-11]") {
    CHECK(ask({.kind = haft::question_kind::sample}, {"y"}).answer == "a person at a terminal can't be asked for what a model says [haft-E0474]");
    CHECK(ask({.kind = haft::question_kind::roots}, {"y"}).prompts.empty());
}
