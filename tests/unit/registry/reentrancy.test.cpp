// SPDX-License-Identifier: BSL-1.0
// What an owner's questions and a listener may do to the registry that asks them.
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

using namespace registry_test;

namespace {

/// A tool's question is a plain function: what it does is put here.
std::function<bool()> question;
const haft::availability there{.test = [] { return question(); }, .hint = "try again"};

}  // namespace

TEST_CASE("adding an owner asks nothing of it", "[RG-02]") {
    haft::registry r;
    int asked = 0;
    question = [&] { return ++asked > 0; };
    haft::owner o = owner_of("a", {});
    add_answering(o.tools, "x", "a", {.available = &there});
    o.available = [&] { return ++asked > 0; };
    REQUIRE(r.add(std::move(o)));
    CHECK(asked == 0);
    CHECK(*r.expose("a"));
    CHECK(asked == 2);
}

TEST_CASE("a question may add owners while a tool is added", "[RG-02.1]") {
    haft::registry r;
    REQUIRE(r.add_tool("first", "The first", [] { return 1; }));
    question = [&] {
        for (int i = 0; i < 50; ++i) CHECK(r.add_exposed(owner_of("o" + std::to_string(i), {"t" + std::to_string(i)})));
        return true;
    };
    REQUIRE(r.add_tool("second", {.description = "The second", .available = &there}, [] { return 2; }));
    CHECK(r.snapshot()->tools().size() == 52);
    CHECK(call(r, "first") == "1");
    CHECK(call(r, "second") == "2");
}

TEST_CASE("what a question changes is not lost", "[RG-08.2]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("b", {"y"})));
    bool disables = false;
    question = [&] { return disables ? r.disable_tool("y") : true; };
    haft::owner o = owner_of("a", {});
    add_answering(o.tools, "x", "a", {.available = &there});
    REQUIRE(r.add_exposed(std::move(o)));
    CHECK(served(r) == "x y");
    disables = true;
    SECTION("when all is looked at again") { r.reevaluate(); }
    SECTION("when a tool of the host's own is added") {
        REQUIRE(r.add_tool("z", {.description = "Another", .available = &there}, [] { return 1; }));
        CHECK(r.remove_tool("z"));
    }
    CHECK(served(r) == "x");
}

TEST_CASE("an owner may take itself out when it is asked", "[RG-08.2]") {
    haft::registry r;
    bool leaves = false;
    haft::owner o = owner_of("a", {"x"});
    o.available = [&] {
        if (leaves) CHECK(r.remove("a"));
        return true;
    };
    REQUIRE(r.add_exposed(std::move(o)));
    REQUIRE(r.add_exposed(owner_of("b", {"y"})));
    leaves = true;
    r.reevaluate();
    CHECK(served(r) == "y");
    CHECK(joined(r.list_available()) == "b");
}

TEST_CASE("an owner may take itself out and say no", "[RG-08.2]") {
    haft::registry r({.owners = haft::on_duplicate::replace});
    haft::owner o = owner_of("a", {"x"});
    o.available = [&] {
        CHECK(r.remove("a"));
        return false;
    };
    CHECK(r.add_exposed(o).error().code == haft::errc::not_available);
    CHECK(r.list_available().empty());
    o.available = [&] {
        CHECK(r.add(owner_of("a", {"new"})));
        return false;
    };
    CHECK(r.add_exposed(std::move(o)).error().code == haft::errc::not_available);
    CHECK(haft::explain(*r.snapshot(), "a").text() == "owner \"a\" is known, but not exposed: expose it");
}

TEST_CASE("a tool's question may take its owner out", "[RG-08.2]") {
    haft::registry r;
    bool leaves = false;
    question = [&] { return leaves ? r.remove("a") : true; };
    haft::owner o = owner_of("a", {});
    add_answering(o.tools, "x", "a", {.available = &there});
    REQUIRE(r.add_exposed(std::move(o)));
    REQUIRE(r.add_exposed(owner_of("b", {"y"})));
    leaves = true;
    r.reevaluate();
    CHECK(joined(r.list_available()) == "b");
    CHECK(served(r) == "y");
}

TEST_CASE("an owner may take out another one while all are exposed", "[RG-04.5]") {
    haft::registry r;
    haft::owner o = owner_of("a", {"x"});
    o.initialize = [&](std::string_view) {
        CHECK(r.remove("b"));
        return haft::result<haft::toolset>(haft::toolset{});
    };
    REQUIRE(r.add(std::move(o)));
    REQUIRE(r.add(owner_of("b", {"y"})));
    REQUIRE(r.add(owner_of("c", {"z"})));
    const auto report = r.expose_all();
    CHECK(joined(report.exposed) == "a c");
    CHECK(report.failed.empty());
    CHECK(served(r) == "x z");
}

TEST_CASE("the failure of an owner that has replaced itself is not that of the new one", "[RG-04]") {
    haft::registry r({.owners = haft::on_duplicate::replace});
    haft::owner o = owner_of("a", {"old"});
    o.initialize = [&](std::string_view) -> haft::result<haft::toolset> {
        CHECK(r.add(owner_of("a", {"new"})));
        return haft::error{haft::errc::bad_owner, "not me"};
    };
    REQUIRE_FALSE(r.add_exposed(std::move(o)));
    CHECK(haft::explain(*r.snapshot(), "a").text() == "owner \"a\" is known, but not exposed: expose it");
    CHECK(*r.expose("a"));
    CHECK(served(r) == "new");
}

TEST_CASE("a listener may end another's subscription, which is then told nothing", "[RG-09.5]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("a", {"x"})));
    auto session = std::make_unique<int>(0);
    std::optional<haft::subscription> second;
    const haft::subscription first = r.on_change([&](const haft::registry_change&) {
        second.reset();
        session.reset();
    });
    second = r.on_change([&](const haft::registry_change&) { ++*session; });
    CHECK(r.disable_tool("x"));
    CHECK_FALSE(session);
}

TEST_CASE("once a subscription is gone its function runs no more, on no thread", "[RG-09.5]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("a", {"x"})));
    std::promise<void> within, go_on;
    std::atomic<bool> over = false;
    std::optional<haft::subscription> listens = r.on_change([&](const haft::registry_change&) {
        within.set_value();
        go_on.get_future().wait();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        over = true;
    });
    bool disabled = false;
    std::thread changes([&] { disabled = r.disable_tool("x"); });
    within.get_future().wait();
    go_on.set_value();
    listens.reset();
    const bool was_over = over;
    changes.join();
    CHECK(was_over);
    CHECK(disabled);
}

TEST_CASE("a subscription that is given another one's place listens no more", "[RG-09.5]") {
    haft::registry r;
    REQUIRE(r.add_exposed(owner_of("a", {"x"})));
    int first = 0, second = 0;
    haft::subscription one = r.on_change([&](const haft::registry_change&) { ++first; });
    {
        haft::subscription two = r.on_change([&](const haft::registry_change&) { ++second; });
        one = std::move(two);
    }
    CHECK(r.disable_tool("x"));
    CHECK(first == 0);
    CHECK(second == 1);
}
