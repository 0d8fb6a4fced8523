// SPDX-License-Identifier: BSL-1.0
// A plugin class as a shared library, made by this compiler and by others: what it gives is what it gives where it is compiled in.
#define HAFT_PLUGIN_COMPILED_IN
#include <plugin/glue/weather.cpp>

#include <haft/hook.hpp>
#include <haft/json/pieces.hpp>
#include <support/library_driver.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using haft_test::library_answer;
using haft_test::library_driver;
namespace json = haft::json;

constexpr std::string_view config = R"({"api_key":"k"})";

std::string file_of(const std::string& name) { return std::string(HAFT_TEST_GLUE) + "/" + name + ".so"; }

/// Each build of the plugin in turn.
std::string library() {
    std::vector<std::string> all{file_of("weather")};
    if (const std::string other = file_of("weather_other"); std::filesystem::exists(other)) all.push_back(other);
    const std::string file = GENERATE_COPY(from_range(all));
    UNSCOPED_INFO(file);
    return file;
}

std::string_view member(std::string_view object, std::string_view key) { return json::value_of(json::members_of(object), key); }
std::string_view named(std::string_view described, std::string_view list, std::string_view name) {
    for (const std::string_view one : json::items_of(member(described, list)))
        if (json::string_of(member(one, "name")) == name) return one;
    return {};
}

/// The same plugin in this program.
struct in_process {
    haft::plugin plugin;
    haft::plugin_offer offer;
    std::vector<haft::toolset> sets;

    in_process() {
        for (const haft::plugin_entry& one : haft::compiled_in_plugins())
            if (one.name == "weather") plugin = std::move(*one.make());
        offer = std::move(*plugin.setup(config));
        sets.push_back(offer.tools);
        for (const haft::toolbox& box : plugin.instances) sets.push_back(std::move(*box.tools()));
    }
    const haft::tool& tool(std::string_view name) const {
        for (const haft::toolset& set : sets)
            for (std::size_t i = 0; i < set.size(); ++i)
                if (set[i].name == name) return set[i];
        throw std::runtime_error("no tool " + std::string(name));
    }
    /// As a host's tool would hand on what the library gives.
    library_answer call(std::string_view name, std::string_view arguments) const {
        library_answer out;
        haft::call_options options;
        haft::call_context context(name, options);
        haft::result_writer writer(out.value, haft::string_results::as_text, options);
        tool(name).run(arguments, context, writer);
        if (writer.failed()) return out.first = "error", out.value = writer.error().text(), out;
        if (writer.form() == haft::result_form::text) out.first = "text";
        if (writer.form() == haft::result_form::json) out.first = "json";
        for (const haft::content_block& one : writer.attachments()) haft::append_block(out.blocks.emplace_back(), one);
        return out;
    }
};

/// An error as text() of it would be.
std::string error_text(const library_answer& a) {
    if (a.first != "fail_json") return a.first + ": " + a.value;
    std::string out = json::string_of(member(a.value, "message"));
    const auto faults = json::items_of(member(a.value, "faults"));
    for (const std::string_view one : faults) {
        const std::string pointer = json::string_of(member(one, "pointer"));
        out += "\n- " + (pointer.empty() ? "arguments" : pointer) + ": " + json::string_of(member(one, "message")) + " [haft-" +
               json::string_of(member(one, "code")) + "]";
    }
    return faults.empty() ? out + " [haft-" + json::string_of(member(a.value, "code")) + "]" : out;
}

}  // namespace

TEST_CASE("There is a library that another compiler has built, with another standard library") {
    const std::string other = file_of("weather_other");
    if (!std::filesystem::exists(other))
        SKIP(other + " is not there: it takes clang++ with libc++ beside g++, or g++ beside clang++");
    library_driver l(other);
    CHECK(l.setup(config).code == 0);
}

TEST_CASE("Tools of a shared library give what they give where they are compiled in") {
    library_driver l(library());
    REQUIRE(l.setup(config).code == 0);
    const in_process here;
    const std::vector<std::pair<std::string, std::string>> calls{
        {"weather.get", R"({"city":"Øslo \"\n\u0001"})"},
        {"weather.ahead", R"({"city":"Oslo","days":3})"},
        {"weather.picture", R"({"city":"Oslo"})"},
        {"weather.only_blocks", R"({"city":"Oslo"})"},
        {"weather.nothing", R"({"city":"Oslo"})"},
        {"weather.throws", R"({"city":"Oslo"})"},
        {"weather.get", R"({"ciity":5,"days":15})"},
        {"weather.get", "["},
        {"weather.ahead", R"({"city":1,"days":"x","more":1})"},
        {"count", "{}"},
    };
    for (const auto& [name, arguments] : calls) {
        INFO(name << " " << arguments);
        const library_answer got = l.call("tool", name, arguments);
        const library_answer wanted = here.call(name, arguments);
        if (wanted.first == "error") {
            CHECK(got.code == 1);
            CHECK(error_text(got) == wanted.value);
        } else {
            CHECK(got.code == 0);
            CHECK(got.first == wanted.first);
            CHECK(got.value == wanted.value);
            CHECK(got.blocks == wanted.blocks);
        }
        CHECK(got.given <= 1);
    }
    CHECK(l.call("tool", "count").value == "2");  // the state is the library's
}

TEST_CASE("A tool is described with all its words, byte for byte") {
    library_driver l(library());
    REQUIRE(l.setup(config).code == 0);
    const library_answer described = l.describe();
    REQUIRE(described.first == "json");
    REQUIRE(json::is_json(described.value));
    const std::string_view get = named(described.value, "tools", "weather.get");
    const in_process compiled_in;
    const haft::tool& here = compiled_in.tool("weather.get");
    CHECK(member(get, "inputSchema") == here.input_schema);
    CHECK(member(get, "outputSchema") == here.output_schema);
    const std::string words(get);
    CHECK(words.find(R"("title":"Weather","description":"Get the current weather of a city")") != words.npos);
    CHECK(words.find(R"("effect":"read_only","hints":["idempotent","web"],"group":"sky","category":"nature",)"
                     R"("instructions":"Ask before you guess.","tags":"slow billing","version":"2.1",)"
                     R"("checks_arguments":true,"validates":true,)") != words.npos);
    CHECK(json::string_of(member(member(get, "origin"), "toolbox")) == "weather");
    CHECK(member(named(described.value, "tools", "count"), "deferred") == "true");
    CHECK(json::items_of(member(described.value, "tools")).size() == 8);
    CHECK(json::string_of(member(described.value, "tools_md")) == "## Weather");
    CHECK(json::string_of(member(described.value, "soul_append")) == "Talk about the weather.");
    CHECK(member(described.value, "warnings").empty());
    CHECK(l.describe().value == described.value);
}

TEST_CASE("A running tool of a shared library tells how far it is, and hears that it is to stop") {
    library_driver l(library());
    REQUIRE(l.setup(config).code == 0);
    l.call_id = "c7";
    CHECK(l.call("tool", "weather.slowly").value == "c7 runs");
    CHECK(l.heard == std::vector<std::string>{"progress 1/2 half", "log 2 slow"});
    l.stops = true;
    CHECK(l.call("tool", "weather.slowly").value == "c7 stopped");
}

TEST_CASE("What a call would find wrong can be asked beforehand") {
    library_driver l(library());
    REQUIRE(l.setup(config).code == 0);
    const library_answer wrong = l.call("check", "weather.get", R"({"days":0})");
    CHECK(wrong.code == 1);
    CHECK(error_text(wrong) == error_text(l.call("tool", "weather.get", R"({"days":0})")));
    const library_answer right = l.call("check", "weather.throws", R"({"city":"Oslo"})");
    CHECK(right.code == 0);
    CHECK(right.given == 0);
}

TEST_CASE("How a call is made crosses as well, as a draft") {
    library_driver l(library());
    l.has_draft = true;
    REQUIRE(l.setup(config).code == 0);
    l.call_options = R"({"lenient":true})";
    CHECK(l.call("tool", "weather.ahead", R"({"city":"Oslo","days":"3","x":1})").first == "json");
    REQUIRE(l.heard.size() == 2);
    CHECK(l.heard[0].starts_with("note /days "));
    CHECK(l.heard[1].starts_with("note /x "));
    l.call_options = R"({"show_exceptions":false,"unwrap":true,"max_result_bytes":5})";
    CHECK(error_text(l.call("tool", "weather.throws", R"({"city":"Oslo"})")) == "the tool failed [haft-E0210]");
    CHECK(error_text(l.call("tool", "weather.get", R"("{\"city\":\"Oslo\"}")")).find("at most 5") != std::string::npos);
    l.call_options = "";
    CHECK(l.call("tool", "weather.ahead", R"({"city":"Oslo","days":"3"})").first == "fail_json");
}

TEST_CASE("Commands of a shared library say what they say, and ask the person") {
    library_driver l(library());
    l.has_draft = true;
    REQUIRE(l.setup(config).code == 0);
    const std::string described = l.describe().value;
    const std::string words(named(described, "commands", "weather"));
    CHECK(words.find(R"("aliases":["w"],"description":"Tell the weather","inputSchema":{)") != words.npos);
    CHECK(words.find(R"("completes":[""])") != words.npos);
    const std::string oslo = R"({"arguments":{"city":"Oslo"},"line":" Oslo  now"})";
    CHECK(l.call("command", "weather", oslo).value ==
          R"({"messages":[{"role":"system","text":"looking"},{"role":"system","text":"sunny in Oslo:  Oslo  now"}]})");
    CHECK(l.heard == std::vector<std::string>{"question really?"});
    l.says_yes = true;
    CHECK(l.call("command", "weather", oslo).value.ends_with(R"(],"share_with_model":true})"));
    const library_answer sunk = l.call("command", "weather", R"({"arguments":{"city":"Atlantis"}})");
    CHECK(sunk.code == 1);
    CHECK(sunk.value == R"({"messages":[{"role":"system","text":"looking"}]})");
    CHECK(sunk.why == R"({"code":"E0210","message":"it sank"})");
    CHECK(l.call("complete", "weather", R"({"parameter":"city","partial":"O","previous":["a","b"]})").value ==
          R"([{"value":"Oslo","description":"2"}])");
}

TEST_CASE("Without the draft nobody is asked, and the answer is no") {
    library_driver l(library());
    l.says_yes = true;
    REQUIRE(l.setup(config).code == 0);
    CHECK(l.call("command", "weather", R"({"arguments":{"city":"Oslo"}})").value.find("share_with_model") ==
          std::string::npos);
    CHECK(l.heard.empty());
}

TEST_CASE("Typed hooks of a shared library are called in words") {
    library_driver l(library());
    REQUIRE(l.setup(config).code == 0);
    const std::string described = l.describe().value;
    CHECK(named(described, "hooks", "guard") ==
          R"({"name":"guard","point":"tool_pre_execute","priority":7,"order":"first","guard":true})");
    CHECK(named(described, "hooks", "weather.on_pre_turn") == R"({"name":"weather.on_pre_turn","point":"turn_pre"})");
    CHECK(l.call("hook", "weather.on_pre_turn", R"({"input":{"text":"hi"}})").value == R"({"replace":"hi?"})");
    CHECK(l.call("hook", "guard", R"({"call":{"arguments":"Hell"}})").value == R"({"veto":"not there"})");
    CHECK(l.call("hook", "guard", R"({"call":{"arguments":"Oslo"}})").given == 0);
    CHECK(l.call("hook", "weigh", R"(["abc",7])").value == "21");  // a point of its own
    CHECK(l.call("hook", "listens", R"({"a":1})").value == R"([{"a":1}])");  // one that knows no types
    const library_answer failed =
        l.call("hook", "weather.on_error", R"({"tool":"x","error":"disk full [haft-E0442]"})");
    CHECK(error_text(failed) == "disk full [haft-E0442] [haft-E0290]");
    CHECK(l.call("hook", "weather.on_error", R"({"tool":"end","error":"over [haft-E0210]"})").value ==
          R"({"session_complete":"over [haft-E0210]"})");
    CHECK(error_text(l.call("hook", "guard", R"({"call":7})")) ==
          R"(the data of a hook, at "/call": expected an object, got 7 [haft-E0471])");
}

TEST_CASE("A hook in a shared library does what it does in the host") {
    library_driver l(library());
    REQUIRE(l.setup(config).code == 0);
    haft::hook_set hooks;
    const auto in_host = hooks.add_named("tool_pre_execute", {.name = "guard"},
                                         [&](std::string_view data) -> haft::result<std::string> {
                                             return l.call("hook", "guard", data).value;
                                         });
    REQUIRE(in_host);
    const haft::hook_reply said =
        hooks.emit<haft::tool_pre_execute>({.call = {"1", "weather.get", R"({"city":"Hell"})"}});
    CHECK(said.vetoed == "not there");
}

TEST_CASE("Enrichers of a shared library") {
    library_driver l(library());
    REQUIRE(l.setup(config).code == 0);
    CHECK(named(l.describe().value, "enrichers", "weather") == R"({"name":"weather","prompt":50})");
    CHECK(l.call("enricher", "weather", R"({"pipeline":"prompt","text":"hi"})").value == R"({"text":"hi [sunny]"})");
    CHECK(error_text(l.call("enricher", "weather", R"({"pipeline":"tool_result","text":"hi"})")) ==
          R"(the enricher "weather" takes no part in the pipeline "tool_result" [haft-E0472])");
}

TEST_CASE("A shared library is set up, exposed, hidden and torn down, and again") {
    library_driver l(library());
    l.enter();
    CHECK(error_text(l.describe()) == "the plugin is not set up [haft-E0472]");
    CHECK(error_text(l.call("tool", "count")) == "the plugin is not set up [haft-E0472]");
    for (int i = 0; i < 2; ++i) {
        REQUIRE(l.setup(config).code == 0);
        CHECK(error_text(l.setup(config)) == "the plugin is set up already [haft-E0472]");
        CHECK(l.call("tool", "count").value == "1");
        CHECK(error_text(l.call("tool", "late")).starts_with("plugin \"weather\" has no tool \"late\""));
        const library_answer more = l.initialize(config);
        CHECK(json::string_of(member(named(more.value, "tools", "late"), "description")) == "There when it is exposed");
        CHECK(l.call("tool", "late").value == "1");
        l.shutdown();
        CHECK(l.call("tool", "late").code == 1);
        l.teardown();
    }
}

TEST_CASE("A configuration that does not fit keeps a shared library from being set up") {
    library_driver l(library());
    const library_answer wrong = l.setup(R"({"api_key":5,"timeuot":1})");
    CHECK(wrong.code == 1);
    INFO(error_text(wrong));
    CHECK(error_text(wrong).starts_with("the configuration of plugin \"weather\" does not fit\n- /api_key: expected string, got (hidden) [haft-E0202]"));
    CHECK(wrong.value.find(R"("nearest":"timeout")") != std::string::npos);
    CHECK(error_text(l.setup(R"({"api_key":"k","fails":true})")) == "told to fail [haft-E0411]");
    REQUIRE(l.setup(R"({"api_key":"k","timeout":0})").code == 0);
    CHECK(member(l.describe().value, "warnings") ==
          R"([{"code":"E0411","message":"plugin \"weather\": its init failed: no time"}])");
}

TEST_CASE("What is not there is told by the nearest name") {
    library_driver l(library());
    REQUIRE(l.setup(config).code == 0);
    CHECK(error_text(l.call("tool", "weather.gett")).starts_with(
        R"(plugin "weather" has no tool "weather.gett"; did you mean "weather.get"?)"));
    CHECK(error_text(l.call("hook", "gard")).starts_with(R"(plugin "weather" has no hook "gard"; did you mean "guard"?)"));
    CHECK(error_text(l.call("command", "x")).starts_with(R"(plugin "weather" has no command "x")"));
    CHECK(error_text(l.call("tol", "x")).starts_with(
        R"(plugin "weather" knows no calls of the kind "tol"; did you mean "tool"?)"));
}

TEST_CASE("A host of another major version is not served") {
    library_driver l(library());
    l.host.abi_major = 2;
    CHECK(l.enter() == nullptr);
    l.host.abi_major = 1;
    REQUIRE(l.enter() != nullptr);
    CHECK(l.plugin().size == sizeof(haft_plugin));
    CHECK(l.plugin().abi_major == 1);
}
