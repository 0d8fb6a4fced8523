// SPDX-License-Identifier: BSL-1.0
// A plugin that is a shared library, written in C: from its file to calls of what it offers, and out again.
#include <haft/command/command_set.hpp>
#include <haft/enrich/enrichment_set.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/points.hpp>
#include <haft/registry/system_instructions.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace std::string_literals;
using library_test::has;
using library_test::host;

TEST_CASE("A library's tools are tools as any other", "[DC-09]") {
    host h;
    REQUIRE(h.load("sample") == "");
    const haft::tool* const echo = h.registry.snapshot()->find("echo");
    REQUIRE(echo);
    CHECK(echo->description == "Gives the text back");
    CHECK(echo->title == "Echo");
    CHECK(echo->effect == haft::read_only);
    CHECK(haft::has(echo->hints, haft::idempotent));
    CHECK(haft::has(echo->hints, haft::closed_world));
    CHECK_FALSE(haft::has(echo->hints, haft::web));
    CHECK(haft::has_tag(*echo, "quick"));
    CHECK(has(echo->input_schema, R"("maxLength":40)"));
    CHECK(h.call("echo", R"({"text":"Grüße"})") == R"("{\"text\":\"Grüße\"}")");
    CHECK(h.call("same", R"({"n":3})") == R"({"n":3})");
    CHECK(h.call("nothing") == "null");

    const haft::plugin_status row = h.loader.status()[0];
    CHECK(row.name == "sample");
    CHECK(row.version == "1.2.3");
    CHECK(row.description == "One of everything");
    CHECK(row.brings == "15 tools, 1 command, 1 enricher, 1 hook");
    CHECK(has(row.source, "/sample.so"));
}

TEST_CASE("The host checks a library's arguments and results, unless it does so itself", "[DC-09]") {
    host h;
    REQUIRE(h.load("sample") == "");
    CHECK(h.call("echo", R"({"txt":"a"})")
              .starts_with("tool \"echo\" was not called: 2 faults in its arguments\n- /txt: "));
    CHECK(has(h.call("echo", R"({"text":7})"),
              "/text: expected string of at most 40 characters, got number 7 [haft-E0202]"));
    CHECK(h.call("fail", R"({"a":1})").starts_with("tool \"fail\" was not called"));
    CHECK(h.call("same", R"({"n":"x"})").starts_with("the result of tool \"same\" does not fit its schema\n- /n: "));
    CHECK(h.call("raw", R"({"n":"x"})") == R"("{\"n\":\"x\"}")");
    CHECK(h.call("echo", "null").starts_with("tool \"echo\" was not called: 1 fault"));

    // Asked beforehand it says the same.
    const haft::tool* const echo = h.registry.snapshot()->find("echo");
    std::string text;
    const haft::call_options how;
    haft::call_context context(echo->name, how);
    haft::result_writer out(text);
    CHECK_FALSE(echo->accepts(R"({"text":1})", context, out));
    CHECK(h.registry.snapshot()->find("raw")->validate == nullptr);
}

TEST_CASE("What a library fails with is told as it says it", "[DC-09]") {
    host h;
    REQUIRE(h.load("sample") == "");
    CHECK(h.call("fail") == "it can't [haft-E0210]");
    CHECK(h.call("refuse") == "no\n- /n: too many [haft-E0205]");
    CHECK(h.call("crash") == "it says that it failed, and not why [haft-E0210]");
    CHECK(h.call("broken") == "tool \"broken\" of plugin \"sample\" gave a value that is no JSON [haft-E0214]");
    CHECK(h.call("twice") == "\"first\"");
    CHECK(h.call("bytes") == "\"a\xEF\xBF\xBDz\"");
    haft::call_options how;
    how.max_result_bytes = 4;
    CHECK(h.call("same", R"({"n":3})", how).starts_with("the result has 7 bytes, more than are handed on"));
}

TEST_CASE("Content blocks cross the border", "[DC-09]") {
    host h;
    REQUIRE(h.load("sample") == "");
    std::string text;
    const haft::call_options how;
    haft::call_context context("picture", how);
    haft::result_writer out(text, haft::string_results::as_text);
    h.registry.snapshot()->find("picture")->run("{}", context, out);
    REQUIRE_FALSE(out.failed());
    CHECK(text == "a dot");
    REQUIRE(out.attachments().size() == 1);
    const auto* const dot = std::get_if<haft::image>(&out.attachments()[0]);
    REQUIRE(dot);
    CHECK(dot->bytes == "\0\1\2"s);
    CHECK(dot->mime_type == "image/gif");
}

TEST_CASE("A call tells how far it is, and is told when nobody waits any more", "[DC-09]") {
    struct listener final : haft::call_listener {
        haft::stop_source stop;
        std::vector<std::string> lines;
        void on_progress(const haft::progress& p) override {
            lines.push_back("progress " + std::to_string(p.done) + " " + std::string(p.message));
        }
        void on_log(haft::log_level level, std::string_view message) override {
            lines.push_back(std::string(name_of(level)) + " " + std::string(message));
            stop.request_stop();
        }
    } listens;
    host h;
    REQUIRE(h.load("sample") == "");
    haft::call_options how;
    how.listener = &listens;
    how.stop = listens.stop.token();
    CHECK(h.call("wait", "{}", how) == "\"stopped\"");
    CHECK(listens.lines == std::vector<std::string>{"progress " + std::to_string(1.0) + " half", "notice waiting"});

    how = {};
    how.call_id = "c7";
    CHECK(h.call("caller", "{}", how) == "\"haft c7 1.0 tool\"");
    CHECK(has(h.log.text(), "warning plugins sample: somebody asks\n"));
}

TEST_CASE("Each step of a library's life is taken once with its configuration, and all of them with another one", "[DC-09]") {
    host h;
    REQUIRE(h.load("sample", R"({"word":"blue"})") == "");
    CHECK(h.call("tell") == "\"setup describe initialize \"");
    CHECK(h.call("config") == R"("{\"word\":\"blue\"}")");
    h.loader.configure("sample", R"({"word":"red"})");
    REQUIRE(h.try_again() == "");
    CHECK(h.call("tell") == "\"setup describe initialize \"");
    CHECK(h.call("config") == R"("{\"word\":\"red\"}")");

    // The library stays in memory, and is set up again.
    REQUIRE(h.loader.reload("sample"));
    CHECK(h.call("tell") == "\"setup describe initialize \"");
    REQUIRE(h.loader.unload("sample"));
    CHECK(h.registry.snapshot()->find("echo") == nullptr);
    CHECK(h.loader.problems().empty());
}

TEST_CASE("A configuration is held against the schema in the note before anything of the library runs", "[fault-94]") {
    host h;
    CHECK(has(h.load("sample", R"({"word":""})"), "the configuration of plugin \"sample\" does not fit\n- /word: "));
    CHECK_FALSE(library_test::in_memory(h.folder.path / "sample.so"));
    h.loader.configure("sample", "{}");
    CHECK(h.try_again() == "");
    CHECK(library_test::in_memory(h.folder.path / "sample.so"));
}

TEST_CASE("A setup that fails is the end: nothing else is called, and nothing is left", "[fault-85]") {
    host h;
    CHECK(h.load("sample", R"({"word":"refuse"})") ==
          "plugin \"sample\": its setup failed: it does not want to [haft-E0411]");
    CHECK(h.registry.snapshot()->find("echo") == nullptr);
    h.loader.configure("sample", R"({"word":"silent"})");
    CHECK(h.try_again() == "plugin \"sample\": its setup failed: it says that it failed, and not why [haft-E0411]");
    h.loader.configure("sample", R"({"word":"good"})");
    CHECK(h.try_again() == "");
    CHECK(h.call("tell") ==
          "\"setup describe initialize \"");  // a setup begins a new journal; no teardown came before it
}

TEST_CASE("After a setup that failed neither describe nor teardown is called", "[fault-86]") {
    host h;
    const library_test::odd how("refuses once");
    CHECK(h.load("odd") == "plugin \"odd\": its setup failed: not yet [haft-E0411]");
    REQUIRE(h.try_again() == "");
    CHECK(h.call("odd") == "\"2 setups, 1 describes, 0 teardowns\"");
}

TEST_CASE("A library's commands, hooks, enrichers and words are there as long as it is", "[DC-09]") {
    host h;
    REQUIRE(h.load("sample") == "");

    const haft::command_outcome said = h.registry.get<haft::command_set>().dispatch("/sh what");
    REQUIRE(said.messages.size() == 1);
    CHECK(said.name == "shout");
    CHECK(said.messages[0].text == R"({"arguments":{"what":"what"},"line":"what"}!)");

    CHECK(h.registry.get<haft::enrichment_set>().enrich_prompt("hello").text ==
          R"(please: {"pipeline":"prompt","text":"hello"})");

    const haft::hook_reply reply = h.registry.get<haft::hook_set>().emit<haft::session_start>({.workspace = "/src"});
    REQUIRE(reply.messages.size() == 1);
    CHECK(reply.messages[0].text == "seen");

    CHECK(h.loader.sections().tools.at(0).text == "## Sample");
    CHECK(h.loader.sections().souls.at(0).text == "Be brief.");
    CHECK(haft::system_instructions(h.registry).text == "Use echo first.");

    REQUIRE(h.loader.unload("sample"));
    CHECK_FALSE(h.registry.get<haft::command_set>().dispatch("/sh what"));
    CHECK(h.registry.get<haft::enrichment_set>().enrich_prompt("hello").text == "hello");
    CHECK(h.registry.get<haft::hook_set>().emit<haft::session_start>({.workspace = "/src"}).messages.empty());
    CHECK(h.loader.sections().tools.empty());
}
