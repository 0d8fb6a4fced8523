// SPDX-License-Identifier: BSL-1.0
// What may be an entry, and plugins that are there because they are in the program.
#include <haft/tool.hpp>

#include "enrolled.hpp"
#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using haft::errc;
using haft::plugin_state;
using plugin_test::host;
using plugin_test::one_tool;
using plugin_test::texts;

namespace {

int made = 0;

int answer() { return 42; }
constexpr haft::tool answer_tool = haft::make<&answer>("The answer");
haft::plugin hello{.name = "hello", .manifest = {.version = "2"}};
haft::plugin factory() { return ++made, haft::plugin{.tools = one_tool("of_factory", "")}; }
haft::result<haft::plugin> careful() { return haft::error{errc::tool_failed, "not here"}; }
std::vector<haft::tool> list() { return {answer_tool}; }

struct collector {
    static constexpr const char* kind_name = "gc";
};

}  // namespace

HAFT_PLUGIN(hello, hello);
HAFT_PLUGIN(factory, factory);
HAFT_PLUGIN(careful, careful);
HAFT_PLUGIN(answer, answer_tool);
HAFT_PLUGIN(list, list);
HAFT_PLUGIN_OF(collector, sweep, factory);

TEST_CASE("An entry is a plugin, a tool, a list of tools, or what gives one", "[PM-02]") {
    const haft::tool t = answer_tool;
    for (const haft::plugin_entry& e :
         {haft::make_entry("mine", t), haft::make_entry("mine", std::vector<haft::tool>{t}),
          haft::make_entry("mine", haft::toolset{t}), haft::make_entry("mine", [t] { return t; }),
          haft::make_entry("mine", [t] { return haft::plugin{.name = "mine", .tools = haft::toolset{t}}; }),
          haft::make_entry("mine",
                           [t]() -> haft::result<haft::plugin> { return haft::plugin{.tools = haft::toolset{t}}; })}) {
        host h;
        h.loader.add(e);
        CHECK(h.loader.load().loaded == texts{"mine"});
        CHECK(h.serves("answer"));
    }
    CHECK(haft::make_entry(haft::plugin{.manifest = {.name = "in_manifest"}}).name == "in_manifest");
}

TEST_CASE("Enrolled plugins are sorted, each there once, and none is made", "[RG-01][DC-04]") {
    made = 0;
    texts names;
    for (const haft::plugin_entry& e : haft::compiled_in_plugins()) {
        names.push_back(e.name);
        CHECK(e.source.starts_with("compiled in (enrol"));
        CHECK((e.name != "from_header" || (e.manifest && e.manifest->version == "3")));  // before it is made
    }
    CHECK(names == texts{"answer", "careful", "factory", "from_header", "hello", "list", "sweep"});
    CHECK(made == 0);
}

TEST_CASE("Discovery makes known what is new, of one kind, and makes nothing", "[DC-10]") {
    made = 0;
    host h;
    h.loader.add(haft::make_entry("hello", [] { return haft::plugin{}; }, "configured"));
    CHECK(*h.loader.discover() == texts{"answer", "careful", "factory", "from_header", "list"});
    CHECK(h.loader.discover()->empty());
    CHECK(made == 0);
    CHECK(h.registry.list_available().empty());
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"hello", "answer", "factory", "from-header", "list"});
    CHECK(h.row("list").problem.code == errc::duplicate_tool);  // it waits for the name
    CHECK(made == 1);
    CHECK(h.row("from-header").version == "3");
    CHECK(h.loader.explain("hello").text().find("is shadowed by") != std::string::npos);
    CHECK(h.problem("careful") == "plugin \"careful\": making it failed: not here");

    CHECK(*h.loader.discover("gc") == texts{"sweep"});
}

TEST_CASE("A kind that nobody has is an error with the nearest", "[DC-10]") {
    host h;
    const auto none = h.loader.discover("plugins");
    REQUIRE_FALSE(none);
    CHECK(none.error().code == errc::unknown_kind);
    CHECK(none.error().message ==
          "no plugins are of the kind \"plugins\"; did you mean \"plugin\"? There are plugin, gc");
    CHECK_FALSE(h.loader.discover(""));
}

TEST_CASE("A source that throws is told, and the others go on", "[DC-10]") {
    host h;
    h.loader.add_source({"broken", []() -> std::vector<haft::plugin_entry> { throw std::runtime_error("no disk"); }});
    h.loader.add_source({"folder", [] { return std::vector{haft::make_entry(haft::plugin{.name = "of_folder"})}; }});
    CHECK(h.loader.discover()->back() == "of_folder");
    REQUIRE(h.loader.problems().size() == 1);
    CHECK(h.loader.problems()[0].message == "source \"broken\" of plugins failed: no disk");
    CHECK(h.row("of_folder").source == "folder");
}

TEST_CASE("Of a module's plugins the one of the wanted name is chosen, or else the only one", "[PM-02]") {
    const std::vector<haft::plugin_entry> all = haft::compiled_in_plugins();
    CHECK(haft::choose_plugin(all, "From-Header")->name == "from_header");
    CHECK(haft::choose_plugin({all[0]}, "whatever")->name == "answer");
    const auto several = haft::choose_plugin({all[0], all[1]}, "whatever");
    REQUIRE_FALSE(several);
    CHECK(several.error().code == errc::unknown_plugin);
    CHECK(several.error().message ==
          "no plugin of this module is named \"whatever\", and it has several: answer, careful");
    CHECK(haft::choose_plugin({}, "x").error().message == "no plugin of this module is named \"x\"; it has none");
}
