// SPDX-License-Identifier: BSL-1.0
// Where nobody looks at a clock, watches or guards, hooks are called by a loop and no more: what is promised of them holds there, too.
#include <haft/hook.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

using haft::session_start;

namespace {
struct passing {
    static constexpr std::string_view name = "passing";
    static constexpr bool passes_exceptions = true;
    using signature = void(int);
};
/// A set whose hooks are called plainly.
struct plain_set : haft::hook_set {
    plain_set() { set_slow(std::chrono::seconds(0)); }
};
}  // namespace

TEST_CASE("Plain hooks are called in their order, and one that throws is told and keeps nobody from going on",
          "[HK-07][fault-145]") {
    plain_set hooks;
    said says;
    const auto c = hooks.add<tick>(says.saying("c"), {.name = "c"});
    const auto a = hooks.add<tick>([] { throw std::runtime_error("disk full"); }, {.name = "a", .priority = 3});
    const auto b = hooks.add<tick>(says.saying("b"), {.name = "b", .priority = 2});
    const auto d = hooks.add<tick>([] { throw 7; }, {.name = "d", .priority = 1, .owner = "o"});
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"b", "c"});
    const auto errors = hooks.errors();
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].text() == "hook \"a\" at tick: disk full [haft-E0290]");
    CHECK(errors[1].owner == "o");
}

TEST_CASE("A plain hook ends an emission by its result, or by stop_hooks", "[HK-06][HK-12]") {
    plain_set hooks;
    said says;
    const auto first = hooks.add<chosen>([](int n) { return std::to_string(n); }, {.priority = 1});
    const auto second = hooks.add<chosen>([&] { return says.all.emplace_back("second"); });
    CHECK(hooks.emit<chosen>(3) == "3");
    const auto stops = hooks.add<session_start>([] { return haft::stop_hooks(); }, {.priority = 1});
    const auto stopped = hooks.add<session_start>(says.saying("stopped"));
    CHECK(hooks.emit<session_start>({}).stopped);
    CHECK(says.take().empty());
}

TEST_CASE("Of plain hooks what is let through passes, and the next emissions are as the first", "[HK-07]") {
    plain_set hooks;
    said says;
    haft::enlistment fails = *hooks.add<passing>([] { throw std::runtime_error("mine"); }, {.priority = 1});
    const auto later = hooks.add<passing>(says.saying("later"));
    haft::enlistment ends = *hooks.add<session_start>([] { throw haft::session_complete("done"); });
    for (int i = 0; i < 20; ++i) {  // more than may be nested
        CHECK_THROWS_AS(hooks.emit<passing>(1), std::runtime_error);
        CHECK_THROWS_AS(hooks.emit<session_start>({}), haft::session_complete);
    }
    CHECK(says.take().empty());
    CHECK(hooks.errors().empty());
    fails.withdraw();  // which waits for nobody
    ends.withdraw();
    hooks.emit<passing>(1);
    CHECK(says.take() == string_list{"later"});
}

TEST_CASE("Plain hooks that call themselves go 16 deep and no further", "[fault-147]") {
    plain_set hooks;
    int depth = 0;
    const auto a = hooks.add<tick>([&] { ++depth, hooks.emit<tick>(1); });
    hooks.emit<tick>(1);
    CHECK(depth == 16);
    CHECK(hooks.errors().size() == 1);
    hooks.emit<tick>(1);  // and then it is as before
    CHECK(depth == 32);
}

TEST_CASE("A plain hook that takes out itself and others stays as long as the emission uses it", "[fault-146]") {
    plain_set hooks;
    said says;
    haft::enlistment self, other;
    const auto alive = std::make_shared<int>(1);
    self = *hooks.add<tick>(
        [&, alive] {
            self.withdraw();
            other.withdraw();
            hooks.emit<tick>(2);  // within it the ones that are there now, which are none
            says.all.push_back("self " + std::to_string(*alive));
        },
        {.priority = 1});
    other = *hooks.add<tick>([&, alive] { says.all.push_back("other " + std::to_string(*alive)); });
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"self 1", "other 1"});
    CHECK(alive.use_count() == 1);
}

TEST_CASE("A plain hook is there until its emission is over for a thread that it has started", "[fault-152]") {
    plain_set hooks;
    said says;
    haft::enlistment self;
    std::thread withdraws;
    const auto alive = std::make_shared<int>(1);
    self = *hooks.add<tick>([&, alive] {
        withdraws = std::thread([&] { self.withdraw(); });
        while (!hooks.list().empty()) std::this_thread::yield();  // it is out already, and goes on
        says.all.push_back("self " + std::to_string(*alive));
    });
    hooks.emit<tick>(1);
    withdraws.join();
    CHECK(says.take() == string_list{"self 1"});
    CHECK(alive.use_count() == 1);
}
