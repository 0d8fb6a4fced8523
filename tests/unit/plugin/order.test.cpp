// SPDX-License-Identifier: BSL-1.0
// Plugins that need each other.
#include <haft/plugin/load_order.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

using haft::errc;
using haft::order_to_load;
using haft::plugin_state;
using plugin_test::host;
using plugin_test::telling;
using plugin_test::texts;
using places = std::vector<std::size_t>;

TEST_CASE("What needs nothing stays where the configuration has it", "[PM-07][fault-93]") {
    CHECK(order_to_load({{}, {}, {}}).order == places{0, 1, 2});
    CHECK(order_to_load({{}, {.needs = {0}}, {.needs = {0, 1}}}).order == places{0, 1, 2});
    CHECK(order_to_load({{.needs = {2}}, {}, {}}).order == places{1, 2, 0});
    CHECK(order_to_load({{.needs = {1}}, {.needs = {2}}, {}, {}}).order == places{2, 1, 0, 3});
    CHECK(order_to_load({{.likes = {1}}, {}}).order == places{1, 0});
    CHECK(order_to_load({}).order.empty());
}

TEST_CASE("A circle is told as it runs, once, and what hangs on it is no part of it", "[PM-07][fault-92]") {
    const haft::load_order out =
        order_to_load({{.needs = {1}}, {.needs = {2}}, {.needs = {3}}, {.needs = {1}}, {}, {.needs = {5}}});
    CHECK(out.cycles == std::vector<places>{{1, 2, 3}, {5}});
    CHECK(out.order == places{4, 0});
}

TEST_CASE("What is only liked gives way where there would be a circle", "[PM-07]") {
    const haft::load_order out = order_to_load({{.likes = {1}}, {.needs = {0}}, {.likes = {2}}});
    CHECK(out.cycles.empty());
    CHECK(out.order == places{0, 1, 2});
}

TEST_CASE("Plugins are loaded after those that they need, and unloaded before them", "[PM-07][fault-93]") {
    texts log;
    host h;
    h.add(telling(log, "app", {.plugin_deps = {"Lib >=1.2", "base"}, .optional_plugin_deps = {"extra"}}));
    h.add(telling(log, "lib", {.version = "1.10", .plugin_deps = {"base"}}));
    h.add(telling(log, "extra"));
    h.add(telling(log, "base"));
    CHECK(h.loader.load().loaded == texts{"extra", "base", "lib", "app"});
    log.clear();
    CHECK(*h.loader.unload("base"));
    CHECK(log ==
          texts{"app shutdown", "app teardown", "lib shutdown", "lib teardown", "base shutdown", "base teardown"});
    CHECK(h.state("lib") == plugin_state::unloaded);
    CHECK(h.loader.is_loaded("extra"));
    CHECK_FALSE(*h.loader.unload("base"));
}

TEST_CASE("A plugin that is missing, refused or too old takes its chain with it; the others load",
          "[PM-07][fault-91]") {
    texts log;
    host h({.filter = {.disabled = {"off"}}});
    h.add(telling(log, "top", {.plugin_deps = {"middle"}}));
    h.add(telling(log, "middle", {.plugin_deps = {"bottom >=2", "nowhere", "off"}}));
    h.add(telling(log, "bottom", {.version = "1.9"}));
    h.add(telling(log, "off"));
    h.add(telling(log, "wishful", {.optional_plugin_deps = {"nowhere", "bottom >=2"}}));
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"bottom", "wishful"});
    CHECK(h.row("middle").problem.code == errc::missing_plugin);
    CHECK(h.problem("middle") ==
          "plugin \"middle\" needs plugin \"bottom >=2\", which has version 1.9; and plugin \"nowhere\", which nobody "
          "has "
          "added; and plugin \"off\", which is disabled: it is among the plugins that are disabled");
    CHECK(h.problem("top") == "plugin \"top\" needs plugin \"middle\", which is refused: " + h.problem("middle"));
    CHECK(log == texts{"bottom setup", "bottom initialize", "wishful setup", "wishful initialize"});
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].message == "plugin \"wishful\" would use plugin \"bottom >=2\", which has version 1.9");
}

TEST_CASE("A plugin whose setup fails is missing to those that need it", "[PM-07][fault-91]") {
    texts log;
    host h;
    haft::plugin bad{.name = "bad"};
    bad.setup = [] { throw 7; };
    h.add(telling(log, "needs_bad", {.plugin_deps = {"bad"}}));
    h.add(bad);
    h.add(telling(log, "other"));
    CHECK(h.loader.load().loaded == texts{"other"});
    CHECK(h.problem("needs_bad").ends_with("its setup failed: an exception that is no std::exception"));
}

TEST_CASE("A circle of plugins is named whole, and what needs it is refused, too", "[PM-07][fault-92]") {
    texts log;
    host h;
    h.add(telling(log, "outside", {.plugin_deps = {"a"}}));
    h.add(telling(log, "a", {.plugin_deps = {"b"}}));
    h.add(telling(log, "b", {.plugin_deps = {"c"}}));
    h.add(telling(log, "c", {.plugin_deps = {"A"}}));
    h.add(telling(log, "selfish", {.plugin_deps = {"selfish"}}));
    h.add(telling(log, "free"));
    CHECK(h.loader.load().loaded == texts{"free"});
    CHECK(h.row("a").problem.code == errc::plugin_cycle);
    CHECK(h.problem("a") == "plugin \"a\" needs what needs it: a -> b -> c -> a");
    CHECK(h.problem("c") == "plugin \"c\" needs what needs it: a -> b -> c -> a");
    CHECK(h.problem("selfish") == "plugin \"selfish\" needs itself: selfish -> selfish");
    CHECK(h.row("outside").problem.code == errc::missing_plugin);
    CHECK(log == texts{"free setup", "free initialize"});
}

TEST_CASE("A plugin that came later is loaded with what needed it", "[PM-07]") {
    texts log;
    host h;
    h.add(telling(log, "app", {.plugin_deps = {"lib"}}));
    CHECK(h.loader.load().loaded.empty());
    h.add(telling(log, "lib"));
    CHECK(h.loader.load().loaded == texts{"lib", "app"});
}

TEST_CASE("Reloading makes a plugin and what needs it anew, in order", "[PM-07][PM-04]") {
    texts log;
    host h;
    int made = 0;
    h.loader.add(haft::make_entry("lib", [&] { return ++made, telling(log, "lib"); }));
    h.add(telling(log, "app", {.plugin_deps = {"lib"}}));
    static_cast<void>(h.loader.load());
    log.clear();
    const auto again = h.loader.reload("lib");
    REQUIRE(again);
    CHECK(again->loaded == texts{"lib", "app"});
    CHECK(made == 2);
    CHECK(log == texts{"app shutdown", "app teardown", "lib shutdown", "lib teardown", "lib setup", "lib initialize",
                       "app setup", "app initialize"});
    CHECK(h.serves("lib"));
}

TEST_CASE("Who hears of changes hears of a plugin that is loaded anew once, when it is back", "[PM-07][RG-08]") {
    texts log, told;
    host h;
    h.add(telling(log, "lib"));
    h.add(telling(log, "app", {.plugin_deps = {"lib"}}));
    const auto subscribed = h.registry.on_change([&](const haft::registry_change& c) {
        told.push_back(std::string(c.tools_changed ? "tools" : "none") + (h.serves("lib") ? " lib" : "") + (h.serves("app") ? " app" : ""));
    });
    static_cast<void>(h.loader.load());
    CHECK(told == texts{"tools lib app"});
    told.clear();
    REQUIRE(h.loader.reload("lib"));
    CHECK(told == texts{"tools lib app"});
    told.clear();
    CHECK(h.loader.unload("app"));
    CHECK(told == texts{"tools lib"});
    h.registry.remove("lib");
    CHECK(told == texts{"tools lib", "tools"});
}

TEST_CASE("A requirement that can't be understood is an error, and not everything", "[PM-07]") {
    host h;
    h.add({.name = "lib"});
    h.add({.name = "app", .manifest = {.plugin_deps = {"lib ~=1"}}});
    static_cast<void>(h.loader.load());
    CHECK(h.problem("app") == "plugin \"app\" needs plugin \"lib ~=1\", but \"~=1\" says no versions");
}
