// SPDX-License-Identifier: BSL-1.0
#include <haft/hook.hpp>

#include <catch2/catch_test_macros.hpp>

TEST_CASE("first") {
    haft::hook_set hooks;
    auto a = hooks.add<haft::session_start>(
        [](haft::arg<"workspace", std::string> w) { return haft::message{.text = "in " + w.value}; }, {.name = "a"});
    REQUIRE(a);
    auto b = hooks.add<haft::session_start>([](const std::vector<haft::message>& m) -> haft::generator<haft::message> {
        for (auto& one : m) co_yield haft::message(one);
    });
    auto w = hooks.add<haft::session_start>([](haft::next_hooks<haft::session_start>& next) {
        auto& r = next();
        r.messages.push_back({.text = "end"});
    });
    auto r = hooks.emit<haft::session_start>({.workspace = "/w", .initial = {{.text = "x"}}});
    REQUIRE(r.messages.size() == 3);
    CHECK(r.messages[0].text == "in /w");
}
