// SPDX-License-Identifier: BSL-1.0
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

using namespace registry_test;

TEST_CASE("a disabled tool vanishes from the list and from the calls", "[RG-09.4]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("files", {"read", "write"})));
    CHECK(r.disable_tool("write"));
    CHECK(served(r) == "read");
    CHECK(r.snapshot()->find("write") == nullptr);
    CHECK(call(r, "write") ==
          "tool \"write\" can't be called now: tool \"write\" of owner \"files\" is disabled: "
          "enable_tool gives it back [haft-E0275]");
    CHECK(r.enable_tool("write"));
    CHECK(call(r, "write") == "\"answer of files\"");
}

TEST_CASE("disabling and enabling what nobody knows is false", "[RG-09.1]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("files", {"read"})));
    CHECK_FALSE(r.disable_tool("raed"));
    CHECK_FALSE(r.enable_tool("raed"));
    CHECK(r.disable_tool("read"));  // known, though not exposed yet
    CHECK(r.disable_tool("read"));
    CHECK(*r.expose("files"));
    CHECK(served(r).empty());
    CHECK(r.enable_tool("read"));
    CHECK(r.enable_tool("read"));
    CHECK(served(r) == "read");
}

TEST_CASE("all are switched at once, and counted", "[RG-09.2]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("files", {"read", "write"})));
    REQUIRE(r.add_exposed(owner_of("shell", {"run"})));
    CHECK(r.disable_tool("read"));
    CHECK(r.disable_all_tools() == 2);
    CHECK(r.disable_all_tools() == 0);
    CHECK(served(r).empty());
    CHECK(r.enable_all_tools() == 3);
    CHECK(r.enable_all_tools() == 0);
    CHECK(served(r) == "read write run");
}

TEST_CASE("all are switched off, also those that are not served yet, and what was enabled by its name", "[RG-09.2]") {
    haft::registry r;
    haft::owner o = owner_of("files", {"read"});
    add_answering(o.tools, "wipe", "files", {.disabled_by_default = true});
    REQUIRE(r.add_exposed(o));
    REQUIRE(r.add(owner_of("later", {"wait"})));
    CHECK(r.enable_tool("wipe"));
    CHECK(served(r) == "read wipe");
    CHECK(r.disable_all_tools() == 3);
    CHECK(*r.expose("later"));
    CHECK(served(r).empty());
    CHECK(r.enable_all_tools() == 3);
    CHECK(served(r) == "read wait");
}

TEST_CASE("what changes nothing is no change", "[RG-09.5]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("files", {"read"})));
    int told = 0;
    const auto listening = r.on_change([&](const haft::registry_change&) { ++told; });
    CHECK(r.disable_tool("read"));
    CHECK(told == 1);
    CHECK(r.disable_tool("read"));
    CHECK(r.disable_all_tools() == 0);
    CHECK(told == 1);
    CHECK(r.enable_all_tools() == 1);
    CHECK(r.enable_all_tools() == 0);
    CHECK(told == 2);
    CHECK_FALSE(r.unexpose("nobody"));
    CHECK(*r.expose("files"));
    CHECK(told == 2);
}

TEST_CASE("a row for each tool says whether it is enabled and whose it is", "[RG-09.3]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("shell", {"run"})));
    REQUIRE(r.add_exposed(owner_of("files", {"read", "write"})));
    REQUIRE(r.add(owner_of("hidden", {"no"})));
    CHECK(r.disable_tool("write"));
    std::string rows;
    for (const haft::tool_status& row : r.list_tools())
        rows += row.name + "|" + row.description + "|" + (row.enabled ? "on" : "off") + "|" + row.owner + "\n";
    CHECK(rows == "read|Answers|on|files\nwrite|Answers|off|files\nrun|Answers|on|shell\n");
}

TEST_CASE("listeners are told what has changed, until they go", "[RG-09.5]") {
    haft::registry r;
    std::string told;
    std::uint64_t newest = 0;
    {
        const auto listening = r.on_change([&](const haft::registry_change& change) {
            told += change.tools_changed ? "tools, " : "other, ";
            newest = change.generation;
            CHECK(r.generation() == change.generation);
        });
        const auto rude = r.on_change([](const haft::registry_change&) { throw 1; });
        REQUIRE(r.add(owner_of("files", {"read"})));
        CHECK(told == "other, ");
        CHECK(*r.expose("files"));
        CHECK(told == "other, tools, ");
        CHECK(r.disable_tool("read"));
        CHECK(told == "other, tools, tools, ");
        CHECK(newest == r.generation());
    }
    CHECK(r.enable_tool("read"));
    CHECK(told == "other, tools, tools, ");
}

TEST_CASE("a listener may change the registry", "[RG-09.5]") {
    haft::registry r;
    int told = 0;
    const auto listening = r.on_change([&](const haft::registry_change&) {
        if (++told == 1) r.disable_tool("read");
    });
    REQUIRE(r.add_exposed(owner_of("files", {"read", "write"})));
    CHECK(served(r) == "write");
    CHECK(told == 2);
}

TEST_CASE("only what is selected is served", "[RG-07.4]") {
    haft::registry r;
    haft::owner o = owner_of("files", {"files.read", "files.write"});
    add_answering(o.tools, "wipe", "files", {.disabled_by_default = true});
    REQUIRE(r.add_exposed(o));
    REQUIRE(r.add_exposed(owner_of("shell", {"run"})));
    CHECK(served(r) == "files.read files.write run");
    REQUIRE(r.select({"files.*", "!files.write"}));
    CHECK(served(r) == "files.read");
    CHECK(haft::explain(*r.snapshot(), "run").text() ==
          "tool \"run\" of owner \"shell\" is not among what the registry's selection selects");
    CHECK(r.select(haft::selector::parse("raed")).error().code == haft::errc::bad_selection);
    CHECK(served(r) == "files.read");
    REQUIRE(r.select({}));
    CHECK(served(r).empty());
    REQUIRE(r.select({"wipe"}));
    CHECK(served(r) == "wipe");
    r.select_all();
    CHECK(served(r) == "files.read files.write run");
    CHECK(haft::explain(*r.snapshot(), "wipe").text() ==
          "tool \"wipe\" of owner \"files\" is disabled by default: select it by its name to have it");
}

TEST_CASE("a session selects for itself, and others see what they saw", "[NX-12.3]") {
    haft::registry r;
    haft::owner o = owner_of("files", {"read"});
    auto state = std::make_shared<int>(7);
    const std::weak_ptr<int> watch = state;
    REQUIRE(o.tools.add("preview", {.description = "Previews", .tags = "beta"},
                        [held = std::move(state)] { return *held; }));
    REQUIRE(r.add_exposed(std::move(o)));
    auto now = r.snapshot();
    const auto without = haft::select(now->tools(), {"!tag:beta"});
    const auto only = haft::select(now->tools(), {"tag:beta"});
    REQUIRE(without);
    REQUIRE(only);
    CHECK(without->size() == 1);
    CHECK((*only)[0].name == "preview");
    CHECK(served(r) == "read preview");
    now.reset();
    CHECK(r.remove("files"));
    REQUIRE_FALSE(watch.expired());
    CHECK(*only->call("preview", "{}") == "7");
}
