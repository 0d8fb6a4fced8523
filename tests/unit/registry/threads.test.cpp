// SPDX-License-Identifier: BSL-1.0
// (Catch2's macros are for one thread at a time: what other threads find is checked after they have ended.)
#include <haft/registry/registry.hpp>
#include <haft/registry/registry_reader.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace registry_test;

TEST_CASE("readers see whole catalogs while everything changes", "[fault-58]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("pair", {"left", "right"})));
    REQUIRE(r.add_exposed(owner_of("always", {"there"})));
    std::atomic<bool> stop = false;
    std::atomic<unsigned> wrong = 0, calls = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i)
        threads.emplace_back([&] {
            haft::registry_reader reader(r);
            while (!stop) {
                if (!reader.call("there", "{}")) ++wrong;
                const auto now = r.snapshot();
                for (const haft::tool& t : now->tools())
                    if (!t.call("{}") || !now->owner_of(t.name)) ++wrong;
                ++calls;
            }
        });
    threads.emplace_back([&] {
        while (!stop) {
            if (r.add_tool("extra", "Comes and goes", [] { return 1; })) r.remove_tool("extra");
            r.disable_tool("left");
            r.enable_tool("left");
            r.batch([&] {
                r.disable_tool("right");
                r.set_model("gemini");
                r.enable_all_tools();
            });
        }
    });
    for (int i = 0; i < 200 || calls < 200; ++i) {
        if (!*r.expose("pair")) ++wrong;
        r.reevaluate();
        r.unexpose("pair");
    }
    stop = true;
    for (std::thread& t : threads) t.join();
    CHECK(wrong == 0);
    r.enable_all_tools();
    CHECK(served(r) == "there");
}

TEST_CASE("exposed or not, all of an owner's tools or none", "[fault-58]") {
    haft::registry r;
    REQUIRE(r.add(owner_of("pair", {"left", "right"})));
    std::atomic<bool> stop = false;
    std::atomic<unsigned> half = 0, with = 0, without = 0;
    std::thread reader([&] {
        while (!stop) {
            const auto now = r.snapshot();
            const bool left = now->find("left") != nullptr;
            if (left != (now->find("right") != nullptr)) ++half;
            ++(left ? with : without);
        }
    });
    for (int i = 0; i < 200 || with < 50 || without < 50; ++i) {
        const std::uint64_t before = r.generation();
        REQUIRE(*r.expose("pair"));
        REQUIRE(r.generation() == before + 1);  // one catalog for each change, however short a look others get at it
        REQUIRE(r.unexpose("pair"));
        REQUIRE(r.generation() == before + 2);
    }
    stop = true;
    reader.join();
    CHECK(half == 0);
}

TEST_CASE("a call waits for no change, and no change for a call", "[fault-58]") {
    haft::registry r;
    std::latch changing(1), called(1);
    REQUIRE(r.add_tool("quick", "Answers", [] { return 1; }));
    haft::owner slow = owner_of("slow", {"late"});
    slow.initialize = [&](std::string_view) -> haft::result<haft::toolset> {
        changing.count_down();
        called.wait();  // would wait for ever if the call waited for this
        return haft::toolset{};
    };
    REQUIRE(r.add(slow));
    bool exposed = false;
    std::thread changer([&] { exposed = *r.expose("slow"); });
    changing.wait();
    CHECK(*r.call("quick", "{}") == "1");
    CHECK(r.list_exposed().size() == 1);
    called.count_down();
    changer.join();
    CHECK(exposed);

    std::latch running(1), changed(1);
    REQUIRE(r.add_tool("long", "Waits", [&] {
        running.count_down();
        changed.wait();
        return 2;
    }));
    std::string given;
    std::thread caller([&] { given = call(r, "long"); });
    running.wait();
    CHECK(r.unexpose("slow"));
    CHECK(r.remove_tool("quick"));
    changed.count_down();
    caller.join();
    CHECK(given == "2");
}

TEST_CASE("a tool that takes itself out completes, and then it is gone", "[fault-71]") {
    haft::registry r;
    auto alive = std::make_shared<int>(7);
    const std::weak_ptr<int> watch = alive;
    REQUIRE(r.add_tool("once", "Answers once", [&r, &watch, held = std::move(alive)] {
        CHECK(r.remove_tool("once"));
        CHECK(r.snapshot()->find("once") == nullptr);
        REQUIRE_FALSE(watch.expired());  // what it holds is still there
        return *held;
    }));
    CHECK(*r.call("once", "{}") == "7");
    CHECK(watch.expired());
    CHECK(r.call("once", "{}").error().code == haft::errc::unknown_tool);
    haft::registry_reader reader(r);
    auto other = std::make_shared<int>(8);
    const std::weak_ptr<int> watch_other = other;
    REQUIRE(r.add_tool("through_reader", "Answers once", [&r, &reader, &watch_other, held = std::move(other)] {
        CHECK(r.remove_tool("through_reader"));
        CHECK(reader.find("through_reader") == nullptr);
        REQUIRE_FALSE(watch_other.expired());
        return *held;
    }));
    CHECK(*reader.call("through_reader", "{}") == "8");
    CHECK(watch_other.expired());
}

TEST_CASE("a tool that takes out another one that runs: that completes, and is destroyed after its last call",
          "[fault-72]") {
    haft::registry r;
    std::latch running(1), removed(1);
    auto alive = std::make_shared<int>(7);
    const std::weak_ptr<int> watch = alive;
    haft::owner o = owner_of("victim", {});
    o.tools.add("long", "Waits", [&, held = std::move(alive)] {
        running.count_down();
        removed.wait();
        return *held;
    });
    REQUIRE(r.add_exposed(std::move(o)));
    REQUIRE(r.add_tool("remover", "Removes", [&] { return r.remove("victim"); }));
    std::string given;
    std::thread caller([&] { given = call(r, "long"); });
    running.wait();
    CHECK(*r.call("remover", "{}") == "true");
    CHECK(r.call("long", "{}").error().code == haft::errc::unknown_tool);
    CHECK_FALSE(watch.expired());
    removed.count_down();
    caller.join();
    CHECK(given == "7");
    CHECK(watch.expired());
}

TEST_CASE("changes from many threads wait for each other and lose nothing", "[fault-58]") {
    haft::registry r;
    std::atomic<int> added = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 10; ++i)
                if (r.add_tool("tool_" + std::to_string(t) + "_" + std::to_string(i), "Answers", [] { return 1; }))
                    ++added;
        });
    for (std::thread& t : threads) t.join();
    CHECK(added == 40);
    CHECK(r.snapshot()->tools().size() == 40);
}
