// SPDX-License-Identifier: BSL-1.0
// Plugins that come and go leave nothing behind.
#include <haft/plugin.hpp>
#include <haft/prompt/template_loader.hpp>
#include <haft/registry.hpp>
#include <haft/tool.hpp>

#include "failing_new.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using allocation_test::live_allocations;

namespace {

/// A plugin with tools, hooks, commands, enrichers and templates.
struct all_kinds {
    void initialize() {}
    void shutdown() {}
    int next() { return ++count; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&all_kinds::next>("The next number"));
    }
    haft::toolset tools() {
        haft::toolset out;
        out.add("more", "One more", [] { return 1; });
        return out;
    }
    std::vector<haft::part> parts() {
        return {haft::command_part({.name = "status"}, [] { return std::string("fine"); }),
                haft::template_loader_part("mine", [](std::string_view) { return haft::prompt_template{}; })};
    }
    void on_startup() {}
    void on_error(const std::string&, const haft::error&) {}
    std::string enrich_prompt(const std::string& prompt) { return prompt; }
    int count = 0;
};

}  // namespace

TEST_CASE("10,000 rounds of exposing and hiding a plugin leave nothing behind", "[PM-05]") {
    haft::registry registry;
    haft::plugin_loader loader(registry);
    loader.add(haft::make_entry("all_kinds", [] { return haft::make_plugin<all_kinds>(); }));
    REQUIRE(loader.load().loaded.size() == 1);
    REQUIRE(registry.get<haft::template_loaders>().find("mine"));
    const auto round = [&] {
        const bool hidden = registry.unexpose("all_kinds");
        const auto shown = registry.expose("all_kinds");
        return hidden && shown && *shown;
    };
    for (int i = 0; i < 16; ++i) REQUIRE(round());
    const long before = live_allocations();
    int good = 0;
    for (int i = 0; i < 10000; ++i) good += round();
    CHECK(good == 10000);
    CHECK(live_allocations() == before);
    CHECK(registry.snapshot()->find("all_kinds.next") != nullptr);
}

TEST_CASE("Reloading a plugin leaves nothing behind, and neither does a loader", "[PM-04]") {
    const long at_first = live_allocations();
    {
        haft::registry registry;
        haft::plugin_loader loader(registry);
        loader.add(haft::make_entry("all_kinds", [] { return haft::make_plugin<all_kinds>(); }));
        static_cast<void>(loader.load());
        for (int i = 0; i < 16; ++i) static_cast<void>(loader.reload("all_kinds"));
        const long before = live_allocations();
        for (int i = 0; i < 200; ++i) static_cast<void>(loader.reload("all_kinds"));
        CHECK(live_allocations() == before);
    }
    CHECK(live_allocations() == at_first);
}
