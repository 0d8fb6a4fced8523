// SPDX-License-Identifier: BSL-1.0
// Hooks that change hooks while they are called, that call themselves, and that go while other threads emit.
#include <haft/hook.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {
struct tock {
    static constexpr std::string_view name = "tock";
    using signature = void(int);
};
}  // namespace

TEST_CASE("A hook that takes itself out runs to its end, and is called no more", "[fault-146]") {
    haft::hook_set hooks;
    said says;
    haft::enlistment self;
    const auto alive = std::make_shared<int>(1);
    self = *hooks.add<tick>(
        [&, alive] {
            self.withdraw();
            says.all.push_back("self " + std::to_string(*alive));  // what it holds is there as long as it runs
        },
        {.name = "self", .priority = 1});
    const auto b = hooks.add<tick>(says.saying("b"), {.name = "b"});
    hooks.emit<tick>(1);
    CHECK(alive.use_count() == 1);  // gone with the emission
    hooks.emit<tick>(2);
    CHECK(says.take() == string_list{"self 1", "b", "b"});
}

TEST_CASE("A hook that is added by a hook is called from the next emission on", "[fault-146]") {
    haft::hook_set hooks;
    said says;
    std::vector<haft::enlistment> held;
    const auto a = hooks.add<tick>(
        [&] {
            says.all.emplace_back("a");
            held.push_back(*hooks.add<tick>(says.saying("new"), {.name = "new"}));
        },
        {.name = "a"});
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"a"});
    hooks.emit<tick>(2);
    CHECK(says.take() == string_list{"a", "new"});
}

TEST_CASE("A hook that clears all lets those be called that were there", "[fault-146]") {
    haft::hook_set hooks;
    said says;
    const auto alive = std::make_shared<int>(1);
    std::vector<haft::enlistment> held;
    held.push_back(*hooks.add<tick>(
        [&] {
            for (const haft::hook_row& row : hooks.list()) hooks.remove(row.hook);
        },
        {.name = "a", .priority = 1}));
    held.push_back(*hooks.add<tick>([&, alive] { says.all.push_back("b" + std::to_string(*alive)); }, {.name = "b"}));
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"b1"});
    CHECK(hooks.at<tick>().empty());
    CHECK(alive.use_count() == 1);
    hooks.emit<tick>(2);
    CHECK(says.take().empty());
}

TEST_CASE("Hooks that call themselves go 16 deep and no further", "[fault-147]") {
    haft::hook_set hooks;
    int depth = 0;
    const auto a = hooks.add<haft::tool_pre_execute>(
        [&]() -> haft::hook_reply {
            ++depth;
            return hooks.emit<haft::tool_pre_execute>({});  // as a hook does that calls a tool
        },
        {.name = "a"});
    const haft::hook_reply reply = hooks.emit<haft::tool_pre_execute>({});
    CHECK(depth == 16);
    CHECK(reply.vetoed ==
          "hooks that call each other are nested more than 16 deep; these were not called");  // guards, too
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].text() == "hooks at tool_pre_execute: " + *reply.vetoed + " [haft-E0293]");
}

TEST_CASE("Where nothing can be vetoed the emission that is too deep gives nothing", "[fault-147]") {
    haft::hook_set hooks;
    int depth = 0;
    const auto a = hooks.add<tick>([&] { ++depth, hooks.emit<tock>(1); }, {.name = "a"});
    const auto b = hooks.add<tock>([&] { ++depth, hooks.emit<tick>(1); }, {.name = "b"});
    hooks.emit<tick>(1);
    CHECK(depth == 16);
    CHECK(hooks.errors().size() == 1);
    hooks.emit<tick>(1);  // and then it is as before
    CHECK(depth == 32);
}

TEST_CASE("Who withdraws a hook waits for emissions that use it", "[fault-152]") {
    haft::hook_set hooks;
    std::atomic<bool> inside = false, may_go = false, done = false;
    auto alive = std::make_shared<int>(1);
    haft::enlistment held = *hooks.add<tick>(
        [&, alive] {
            inside = true;
            while (!may_go) std::this_thread::yield();
            done = *alive == 1;
        },
        {.name = "a"});
    std::thread emits([&] { hooks.emit<tick>(1); });
    while (!inside) std::this_thread::yield();
    std::atomic<bool> withdrawn = false;
    std::thread withdraws([&] {
        held.withdraw();
        withdrawn = true;
        CHECK(done);
    });
    while (!hooks.list().empty()) std::this_thread::yield();  // it is out already, and goes on
    CHECK_FALSE(withdrawn);
    may_go = true;
    withdraws.join();
    CHECK(alive.use_count() == 1);
    emits.join();
}

TEST_CASE("Who withdraws an asynchronous hook waits for it, and what waits of it is not called", "[fault-152]") {
    haft::hook_set hooks;
    std::atomic<bool> inside = false;
    std::atomic<int> done = 0;
    auto alive = std::make_shared<int>(1);
    haft::enlistment held = *hooks.add<tick>(
        [&, alive] {
            inside = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            done += *alive;
        },
        {.name = "a", .async = true});
    hooks.emit<tick>(1);
    hooks.emit<tick>(2);
    while (!inside) std::this_thread::yield();
    held.withdraw();
    CHECK(done == 1);
    CHECK(alive.use_count() == 1);
    hooks.wait_for_async();
    CHECK(done == 1);
}

TEST_CASE("Two threads that withdraw each other's hooks within hooks don't wait for each other", "[fault-152]") {
    haft::hook_set hooks;
    haft::enlistment a, b;
    std::promise<void> a_runs, b_runs;
    a = *hooks.add<tick>(
        [&] {
            a_runs.set_value();
            b_runs.get_future().wait();
            b.withdraw();
        },
        {.name = "a"});
    b = *hooks.add<tock>(
        [&] {
            b_runs.set_value();
            a_runs.get_future().wait();
            a.withdraw();
        },
        {.name = "b"});
    std::thread one([&] { hooks.emit<tick>(1); });
    std::thread other([&] { hooks.emit<tock>(1); });
    one.join();
    other.join();
    CHECK(hooks.list().empty());
}

TEST_CASE("Hooks come and go while others emit, and none is called after it has gone", "[fault-152]") {
    haft::hook_set hooks;
    hooks.set_slow(std::chrono::seconds(0));
    std::atomic<bool> stop = false;
    std::atomic<int> called = 0, after = 0;
    std::vector<std::thread> emitting;
    for (int i = 0; i < 2; ++i)
        emitting.emplace_back([&] {
            while (!stop) hooks.emit<tick>(1);
        });
    std::vector<std::thread> changing;
    for (int i = 0; i < 2; ++i)
        changing.emplace_back([&, i] {
            for (int n = 0; n < 150; ++n) {
                std::atomic<bool> gone = false;
                auto data = std::make_unique<int>(n);
                {
                    const auto held = hooks.add<tick>(
                        [&gone, &called, &after, raw = data.get()] {
                            called += *raw >= 0;
                            after += gone.load();
                        },
                        {.name = "hook of " + std::to_string(i), .priority = n % 3, .owner = "o"});
                    if (n % 4 == 0) hooks.disable("hook of " + std::to_string(i));
                    std::this_thread::yield();
                }
                gone = true;
                data.reset();  // a sanitizer sees who comes too late
            }
        });
    for (std::thread& t : changing) t.join();
    stop = true;
    for (std::thread& t : emitting) t.join();
    CHECK(after == 0);
    CHECK(hooks.list().empty());
}

TEST_CASE("Emissions of a historic point that come while a hook is added are each seen once", "[fault-146]") {
    haft::hook_set hooks;
    std::atomic<bool> stop = false;
    std::atomic<int> emitted = 0;
    std::thread emits([&] {
        while (!stop && emitted < 500) {
            static_cast<void>(hooks.emit<haft::startup>({}));
            ++emitted;
        }
    });
    std::array<std::atomic<int>, 200> seen{};
    std::vector<haft::enlistment> held;
    for (auto& n : seen) held.push_back(*hooks.add<haft::startup>([&n] { ++n; }));
    stop = true;
    emits.join();
    for (const auto& n : seen) CHECK(n == emitted);
}
