// SPDX-License-Identifier: BSL-1.0
// What an owner that is a plugin does when it is exposed and hidden.
#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

using haft::errc;
using plugin_test::host;
using plugin_test::one_tool;
using plugin_test::telling;
using plugin_test::texts;

namespace {

haft::plugin told_its_config(texts& log) {
    haft::plugin p = telling(log, "p");
    p.initialize = [&log](std::string_view config) {
        log.push_back("initialize " + std::string(config));
        return one_tool("made_by_initialize", "");
    };
    return p;
}

}  // namespace

TEST_CASE("initialize and shutdown go with exposure, by the configuration", "[PM-05]") {
    texts log;
    host h({.expose = false});
    h.add(told_its_config(log));
    static_cast<void>(h.loader.load());
    CHECK(log == texts{"p setup"});
    CHECK_FALSE(h.registry.is_exposed("p"));

    log.clear();
    CHECK(*h.registry.expose("p", R"({"k":1})"));
    CHECK(log == texts{R"(initialize {"k":1})"});
    CHECK(h.serves("made_by_initialize"));
    CHECK(*h.registry.expose("p"));                // no configuration
    CHECK(*h.registry.expose("p", R"({"k":1})"));  // the same
    CHECK(log.size() == 1);
    CHECK(*h.registry.expose("p", R"({"k":2})"));  // another
    CHECK(log == texts{R"(initialize {"k":1})", "p shutdown", R"(initialize {"k":2})"});

    log.clear();
    CHECK(h.registry.unexpose("p"));
    CHECK(log == texts{"p shutdown"});
    CHECK(h.loader.is_loaded("p"));
    log.clear();
    h.loader.unload_all();
    CHECK(log == texts{"p teardown"});  // it was shut down already
}

TEST_CASE("A plugin that is configured anew is exposed anew at the next load", "[PM-05]") {
    texts log;
    host h;
    h.add(told_its_config(log), R"({"k":1})");
    static_cast<void>(h.loader.load());
    log.clear();
    static_cast<void>(h.loader.load());
    CHECK(log.empty());
    h.loader.configure("P", R"({"k":2})");
    CHECK(h.loader.load().failed.empty());
    CHECK(log == texts{"p shutdown", R"(initialize {"k":2})"});
    CHECK(h.serves("made_by_initialize"));
}

TEST_CASE("What somebody has hidden stays hidden, whatever is configured", "[PM-05]") {
    texts log;
    host h;
    h.add(told_its_config(log));
    static_cast<void>(h.loader.load());
    CHECK(h.registry.unexpose("p"));
    h.loader.configure("p", R"({"k":2})");
    CHECK(h.loader.load().failed.empty());
    CHECK_FALSE(h.registry.is_exposed("p"));
}

TEST_CASE("Another configuration is checked as the first was, and the plugin stays as it is", "[PM-05][PM-08]") {
    texts log;
    host h;
    haft::plugin p = told_its_config(log);
    p.manifest.required_config = {"k"};
    h.add(p, R"({"k":1})");
    static_cast<void>(h.loader.load());
    log.clear();
    h.loader.configure("p", R"({"l":2})");
    const haft::load_report report = h.loader.load();
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].code == errc::missing_config);
    CHECK(log.empty());
    CHECK(h.serves("made_by_initialize"));

    const auto direct = h.registry.expose("p", R"({"l":3})");  // past the loader
    REQUIRE_FALSE(direct);
    CHECK(direct.error().message.find("lacks \"k\"") != std::string::npos);
    CHECK(log == texts{"p shutdown"});
}

TEST_CASE("A shutdown that throws is the registry's problem, and the plugin goes", "[PM-05]") {
    host h;
    haft::plugin p{.name = "p"};
    p.shutdown = [] { throw std::runtime_error("stuck"); };
    h.add(p);
    static_cast<void>(h.loader.load());
    h.loader.unload_all();
    REQUIRE(h.registry.problems().size() == 1);
    CHECK(h.registry.problems()[0].message == "shutting down owner \"p\": stuck");
    CHECK(h.registry.list_available().empty());
}

TEST_CASE("A plugin that suits no model, or is not available, is loaded and waits", "[RG-08][RG-10]") {
    host h;
    h.registry.set_model("claude-sonnet-4");
    bool there = false;
    h.add({.name = "gemini", .tools = one_tool("g", ""), .models = {"gemini-*"}});
    h.add({.name = "speech",
           .tools = one_tool("s", ""),
           .available = [&] { return there; },
           .available_hint = "start the server"});
    const haft::load_report report = h.loader.load();
    CHECK(report.loaded == texts{"gemini", "speech"});
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].message.ends_with("start the server"));
    there = true;
    static_cast<void>(h.registry.reevaluate());
    CHECK(h.serves("s"));
    CHECK_FALSE(h.serves("g"));
}

TEST_CASE("An owner of the host's keeps its name, and the plugin is rolled back", "[fault-90]") {
    texts log;
    host h;
    static_cast<void>(h.registry.add({.name = "p"}));
    h.add(telling(log, "p"));
    CHECK(h.loader.load().loaded.empty());
    CHECK(h.row("p").problem.code == errc::duplicate_owner);
    CHECK(log == texts{"p setup", "p teardown"});
    CHECK(h.registry.list_available() == texts{"p"});
}
