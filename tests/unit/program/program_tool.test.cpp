// SPDX-License-Identifier: BSL-1.0
#include <haft/core/stop_source.hpp>
#include <haft/json/string_text.hpp>
#include <haft/program/program_tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <support/temporary_folder.hpp>

namespace {

using haft_test::temporary_folder;

constexpr std::string_view forecast =
    R"({"type":"object","properties":{"city":{"type":"string"},)"
    R"("days":{"type":"integer","default":3},"tags":{"type":"array","items":{"type":"string"}},)"
    R"("unit":{"type":"string","enum":["C","F"]}},"required":["city"]})";

/// A tool that runs a script, which says its words, one on a line.
haft::program_tool printing(const temporary_folder& at,
                            std::string_view lines = "for w in \"$@\"; do echo \"<$w>\"; done") {
    at.script("say", lines);
    haft::program_tool out{.name = "forecast", .description = "Tell the weather", .parameters = std::string(forecast)};
    out.program.base = at.path;
    out.program.argv = {"./say",  "get", "{city}", std::vector<std::string>{"--unit", "{unit}"},
                        "{days}", "--",  "{tags}"};
    return out;
}
haft::toolset added(haft::program_tool what, haft::program_surroundings around = {}) {
    haft::toolset tools;
    const haft::result<void> done = haft::add_program_tool(tools, std::move(what), std::move(around));
    if (!done) FAIL(done.error().text());
    return tools;
}
std::string said(const haft::result<std::string>& r) { return r ? *r : r.error().text(); }

}  // namespace

TEST_CASE("A tool runs a program, each argument a word of its own", "[DC-08]") {
    const temporary_folder at;
    const haft::toolset tools = added(printing(at));
    CHECK(said(tools.call("forecast",
                          R"({"city":"New York; rm -rf $HOME","unit":"F","days":5,"tags":["a b","-c",""]})")) ==
          R"("<get>\n<New York; rm -rf $HOME>\n<--unit>\n<F>\n<5>\n<-->\n<a b>\n<-c>\n<>\n")");
    // What is not given leaves its word out, and those in brackets with it; a default of the schema stands for it.
    CHECK(said(tools.call("forecast", R"({"city":"Ulm"})")) == R"("<get>\n<Ulm>\n<3>\n<-->\n")");
    CHECK(said(tools.call("forecast", R"({"city":"Ulm","unit":null,"tags":[]})")) == R"("<get>\n<Ulm>\n<3>\n<-->\n")");
    CHECK(said(tools.call("forecast", R"({"city":"{days}"})")) == R"("<get>\n<{days}>\n<3>\n<-->\n")");  // once only
}

TEST_CASE("Whatever a value holds, the program has it as one word", "[DC-08]") {
    const temporary_folder at;
    const haft::toolset tools = added(printing(at, "shift 4; printf '%s\\036' \"$@\""));
    constexpr std::string_view alphabet = "ab \t\n'\"\\$`;|&<>(){}[]*?!~#%=-\r";
    std::mt19937 random(7);
    haft::json_text arguments;
    std::string expected;
    arguments.text = R"({"city":"x","tags":[)";
    for (int i = 0; i < 300; ++i) {
        std::string word;
        for (std::size_t n = random() % 12; n-- > 0;) word += alphabet[random() % alphabet.size()];
        arguments.text += (i ? "," : "") + haft::json::string_text(word);
        expected += word + '\036';
    }
    arguments.text += "]}";
    CHECK(said(tools.call("forecast", arguments.text)) == haft::json::string_text(expected));
}

TEST_CASE("The arguments are checked against the schema, which is closed", "[DC-08]") {
    const temporary_folder at;
    const haft::toolset tools = added(printing(at));
    const haft::result<std::string> out = tools.call("forecast", R"({"city":1,"dais":2})");
    REQUIRE_FALSE(out);
    CHECK(out.error().faults.size() == 2);
    CHECK(said(out).find("/dais: no such parameter; did you mean \"days\"?") != std::string::npos);
}

TEST_CASE("A value that could be an option, or holds a NUL, is refused", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at);
    const haft::toolset tools = added(what);
    const haft::result<std::string> dash = tools.call("forecast", R"({"city":"-rf","days":-1})");
    REQUIRE_FALSE(dash);
    REQUIRE(dash.error().faults.size() == 2);
    CHECK(dash.error().faults[0].code == haft::errc::bad_program_argument);
    CHECK(dash.error().faults[0].text() ==
          "/city: begins with \"-\", so the program could take it for an option, got \"-rf\" [haft-E0444]");
    CHECK(dash.error().faults[1].pointer == "/days");
    CHECK(said(tools.call("forecast", R"({"city":"a\u0000b"})"))
              .find("/city: no argument of a program can hold a NUL character, got \"a\\x00b\" [haft-E0444]") !=
          std::string::npos);
    what.option_like = haft::option_like::allow;
    CHECK(said(added(what).call("forecast", R"({"city":"-rf","days":-1})")) == R"("<get>\n<-rf>\n<-1>\n<-->\n")");
}

TEST_CASE("Of a group that is left out nothing is wrong", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at);
    what.parameters = R"({"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}})";
    what.program.argv = {"./say", std::vector<std::string>{"{a}", "{b}"}, "end"};
    const haft::toolset tools = added(std::move(what));
    CHECK(said(tools.call("forecast", R"({"a":"-x"})")) == R"("<end>\n")");
    CHECK(said(tools.call("forecast", R"({"a":"-x","b":"y"})")).find("/a: begins with") != std::string::npos);
}

TEST_CASE("Everything that is wrong with a description is told at once", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at);
    what.description = "";
    what.program.argv = {"{city}", "--days={days}", "{tag}", std::vector<std::string>{}, "{{print}}"};
    what.input = "text";
    haft::toolset tools;
    const haft::result<void> out = haft::add_program_tool(tools, what);
    REQUIRE_FALSE(out);
    CHECK(tools.empty());
    CHECK(out.error().code == haft::errc::bad_program_tool);
    CHECK(
        out.error().text() ==
        "tool \"forecast\" was not added: its description has 9 faults\n"
        "- /description: is missing: what the tool does and when to use it, for the model [haft-E0443]\n"
        "- /argv/1: a place is a word of its own and not a part of one; write \"{days}\" as the next word "
        "[haft-E0443]\n"
        "- /argv/2: no parameter is named \"tag\"; did you mean \"tags\"? For the text write \"{{tag}}\" [haft-E0443]\n"
        "- /argv/3: these brackets are empty [haft-E0443]\n"
        "- /argv/0: the program has to be a word of its own, and no argument [haft-E0443]\n"
        "- /parameters/properties/days: is used nowhere; write \"{days}\" into argv, or say input = \"days\" "
        "[haft-E0443]\n"
        "- /parameters/properties/tags: is used nowhere; write \"{tags}\" into argv, or say input = \"tags\" "
        "[haft-E0443]\n"
        "- /parameters/properties/unit: is used nowhere; write \"{unit}\" into argv, or say input = \"unit\" "
        "[haft-E0443]\n"
        "- /input: no parameter is named \"text\" [haft-E0443]");
    what = printing(at);
    what.parameters.insert(what.parameters.find("\"string\""), "\"strin\",\"x-was\":");
    CHECK(haft::add_program_tool(tools, what).error().text().find("/parameters/properties/city/type") !=
          std::string::npos);
}

TEST_CASE("Braces twice are braces", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at);
    what.parameters = "";
    what.program.argv = {"./say", "{{print}}", "{ print $1 }", "{}", "{{x y}}"};
    CHECK(said(added(what).call("forecast", "{}")) == R"("<{print}>\n<{ print $1 }>\n<{}>\n<{{x y}}>\n")");
}

TEST_CASE("An argument may be the program's standard input", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at, "echo \"$#\"; cat");
    what.parameters = R"({"type":"object","properties":{"text":{"type":"string"}}})";
    what.program.argv = {"./say"};
    what.input = "text";
    const haft::toolset tools = added(what);
    CHECK(said(tools.call("forecast", R"({"text":"-n\u0000ö"})")) == R"("0\n-n\u0000ö")");
    CHECK(said(tools.call("forecast", "{}")) == R"("0\n")");
}

TEST_CASE("A program that fails says why", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at, "echo out; echo 'no such city' >&2; exit 4");
    const haft::result<std::string> failed = added(what).call("forecast", R"({"city":"x"})");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == haft::errc::program_failed);
    CHECK(failed.error().text() == "program \"./say\" failed with exit code 4: no such city [haft-E0445]");
    what.program.success = {0, 4};
    CHECK(said(added(what).call("forecast", R"({"city":"x"})")) == R"("out\n")");
    what.program.argv[0] = "./sya";
    CHECK(said(added(what).call("forecast", R"({"city":"x"})")) ==
          "program \"./sya\" can't be run: there is no file " + (at.path / "sya").string() + " [haft-E0440]");
    at.script("say", "kill -9 $$");
    what.program.argv[0] = "./say";
    CHECK(said(added(what).call("forecast", R"({"city":"x"})")) ==
          "program \"./say\" was ended by signal 9 [haft-E0445]");
}

TEST_CASE("A program that takes too long, or is stopped, is ended", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at, "while :; do :; done");
    what.program.time_limit = std::chrono::milliseconds(50);
    const haft::result<std::string> late = added(what).call("forecast", R"({"city":"x"})");
    REQUIRE_FALSE(late);
    CHECK(late.error().code == haft::errc::program_timed_out);
    CHECK(late.error().message == "program \"./say\" took longer than 50 ms and was ended");
    what.program.time_limit = {};
    haft::stop_source source;
    source.request_stop();
    CHECK(added(what).call("forecast", R"({"city":"x"})", {.stop = source.token()}).error().code ==
          haft::errc::call_cancelled);
}

TEST_CASE("The output is text, cut if it is too long, or JSON", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at, "printf '{\"t\":21}'");
    what.output = haft::program_output::json;
    CHECK(said(added(what).call("forecast", R"({"city":"x"})")) == R"({"t":21})");
    what.program.most_output = 5;
    CHECK(added(what).call("forecast", R"({"city":"x"})").error().text() ==
          "the program's output is no JSON, since it was too long and is cut: \"{\"t\":\" [haft-E0214]");
    what.output = haft::program_output::text;
    CHECK(said(added(what).call("forecast", R"({"city":"x"})")) ==
          R"("{\"t\":\n[cut: 3 bytes are missing; ask for less]")");
    at.script("say", "printf 'a\\377b'");
    CHECK(said(added(what).call("forecast", R"({"city":"x"})")) ==
          "\"a\xEF\xBF\xBD"
          "b\"");
}

TEST_CASE("A program sees of the environment what it is allowed to, and is looked up by the host", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at, "echo \"$HOME|$SECRET|$TOKEN|$MODE|$LANG\"; pwd");
    what.program.argv[0] = "say";
    what.program.environment = {"TOKEN", "MODE=a=b", "UNSET", "LANG=mine"};
    what.program.folder = "inner";
    at.folder("inner");
    std::string asked;
    const haft::program_surroundings around{
        .variables = [](std::string_view name) -> std::optional<std::string> {
            if (name == "UNSET" || name == "PATH") return {};
            return "of " + std::string(name);
        },
        .find_program = [&](std::string_view name) -> haft::result<std::filesystem::path> {
            asked = name;
            return at.path / "say";
        }};
    CHECK(said(added(what, around).call("forecast", R"({"city":"x"})")) ==
          "\"of HOME||of TOKEN|a=b|mine\\n" + (at.path / "inner").string() + "\\n\"");
    CHECK(asked == "say");
}

TEST_CASE("A variable that the description sets is there once", "[DC-08]") {
    haft::program_tool what{.name = "show", .description = "Show the environment"};
    what.program.argv = {"env"};
    what.program.environment = {"LANG=mine", "HOME"};
    const auto variables = [](std::string_view name) -> std::optional<std::string> {
        if (name == "PATH") return "/usr/bin:/bin";
        if (name == "LANG" || name == "HOME") return "of " + std::string(name);
        return {};
    };
    CHECK(said(added(what, {.variables = variables}).call("show", "{}")) ==
          R"("PATH=/usr/bin:/bin\nLANG=mine\nHOME=of HOME\n")");
}

TEST_CASE("What nobody says better is destructive", "[DC-08]") {
    const temporary_folder at;
    haft::program_tool what = printing(at);
    CHECK(added(what).find("forecast")->effect == haft::effect::destructive);
    what.effect = haft::effect::read_only;
    what.hints = haft::hints::web;
    what.tags = "slow";
    const haft::toolset tools = added(what);
    CHECK(has_tag(*tools.find("forecast"), "read-only"));
    CHECK(has_tag(*tools.find("forecast"), "web"));
    CHECK(has_tag(*tools.find("forecast"), "slow"));
}
