// SPDX-License-Identifier: BSL-1.0
// Hooks that go while they are told history, copied for, watched or bound: who takes them out waits, and nobody for ever.
#include <haft/hook.hpp>
#include <haft/registry.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

namespace {
struct remembered {
    static constexpr std::string_view name = "remembered";
    static constexpr bool historic = true;
    using signature = void(int);
};
struct old_guarded {
    static constexpr std::string_view name = "old_guarded";
    static constexpr bool can_veto = true;
    static constexpr std::string_view deprecated = "use another";
    using signature = haft::hook_reply(int);
};
struct held_up {
    std::atomic<bool>* copied = nullptr;
    std::atomic<bool>* may_go = nullptr;
    held_up() = default;
    held_up(const held_up& other) : copied(other.copied), may_go(other.may_go) {
        if (!copied) return;
        *copied = true;
        while (!*may_go) std::this_thread::yield();
    }
    held_up& operator=(const held_up&) = default;
};
struct slow_to_copy {
    static constexpr std::string_view name = "slow_to_copy";
    using signature = void(const held_up&);
};
void wait_for(const std::atomic<bool>& flag) {
    while (!flag) std::this_thread::yield();
}
}  // namespace

TEST_CASE("A hook that ends all while it is told history is not there afterwards", "[HK-14][fault-152]") {
    haft::hook_set hooks;
    hooks.emit<remembered>(1);
    const auto alive = std::make_shared<int>(1);
    CHECK_THROWS_AS(hooks.add<remembered>([alive](int) { throw haft::session_complete("done"); }, {.name = "a"}),
                    haft::session_complete);
    CHECK(hooks.list().empty());
    CHECK(alive.use_count() == 1);
    hooks.emit<remembered>(2);
}

TEST_CASE("Who takes a hook out waits for its history", "[HK-14][fault-152]") {
    haft::hook_set hooks;
    hooks.emit<remembered>(1);
    std::atomic<bool> inside = false, may_go = false, done = false;
    haft::enlistment held;
    std::thread adds([&] {
        held = *hooks.add<remembered>(
            [&](int) {
                inside = true;
                wait_for(may_go);
                done = true;
            },
            {.name = "a"});
    });
    wait_for(inside);
    std::thread removes([&] {
        CHECK(hooks.remove("a") == 1);
        CHECK(done);
    });
    while (!hooks.list().empty()) std::this_thread::yield();
    std::this_thread::sleep_for(20ms);
    may_go = true;
    removes.join();
    adds.join();
}

TEST_CASE("An asynchronous hook for which an emission copies just then is called no more either", "[fault-152]") {
    haft::hook_set hooks;
    std::atomic<bool> copied = false, may_go = false, gone = false, came_late = false;
    held_up data;
    data.copied = &copied;
    data.may_go = &may_go;
    haft::enlistment held = *hooks.add<slow_to_copy>(
        [&](const held_up&) {
            std::this_thread::sleep_for(20ms);
            came_late = gone.load();
        },
        {.name = "a", .async = true});
    std::thread emits([&] { hooks.emit<slow_to_copy>(data); });
    wait_for(copied);
    std::thread withdraws([&] {
        held.withdraw();
        gone = true;
    });
    while (!hooks.list().empty()) std::this_thread::yield();
    std::this_thread::sleep_for(20ms);
    may_go = true;
    emits.join();
    withdraws.join();
    hooks.wait_for_async();
    CHECK_FALSE(came_late);
}

TEST_CASE("Who watches is told no more when the handle has gone", "[HK-15][fault-152]") {
    haft::hook_set hooks;
    std::atomic<bool> inside = false, may_go = false, done = false, withdrawn = false;
    haft::enlistment watched = hooks.monitor({.before = {}, .after = [&](const haft::hook_event&) {
                                                  inside = true;
                                                  wait_for(may_go);
                                                  done = true;
                                              }});
    std::thread emits([&] { hooks.emit<tick>(1); });
    wait_for(inside);
    std::thread withdraws([&] {
        watched.withdraw();
        CHECK(done);
        withdrawn = true;
    });
    std::this_thread::sleep_for(20ms);
    may_go = true;
    withdraws.join();
    emits.join();
    haft::enlistment self;  // and within an emission it waits for nobody
    self = hooks.monitor({.before = [&](const haft::hook_event&) { self.withdraw(); }});
    hooks.emit<tick>(2);
    CHECK(hooks.errors().empty());
}

TEST_CASE("Within a hook nobody waits for asynchronous hooks", "[HK-08]") {
    haft::hook_set hooks;
    std::atomic<int> ran = 0;
    const auto a = hooks.add<tick>(
        [&] {
            hooks.wait_for_async();
            ++ran;
        },
        {.name = "a", .async = true});
    hooks.emit<tick>(1);
    hooks.wait_for_async();
    CHECK(ran == 1);
}

TEST_CASE("A point is there for others when those that waited for it are bound", "[HK-14]") {
    haft::hook_set hooks;
    std::atomic<bool> binding = false, other_began = false;
    hooks.log_to([&](std::string_view line) {
        if (line.find("deprecated") == line.npos || binding.exchange(true)) return;
        wait_for(other_began);
        std::this_thread::sleep_for(20ms);
    });
    const auto first = hooks.add_named(
        "old_guarded", {.name = "first", .priority = 1},
        [](std::string_view) -> haft::result<std::string> { return std::string(R"({"messages":[{"text":"seen"}]})"); });
    const auto guard =
        hooks.add_named("old_guarded", {.name = "guard", .guard = true},
                        [](std::string_view) -> haft::result<std::string> { return std::string(R"({"veto":"no"})"); });
    haft::hook_reply ones, others;
    std::thread one([&] { ones = hooks.emit<old_guarded>(1); });
    std::thread other([&] {
        wait_for(binding);
        other_began = true;
        others = hooks.emit<old_guarded>(2);
    });
    one.join();
    other.join();
    CHECK(ones.vetoed == "no");
    CHECK(others.vetoed == "no");
    CHECK(texts(ones) == string_list{"seen"});
    CHECK(texts(others) == string_list{"seen"});
}

TEST_CASE("A point is there for who binds those that wait for it, and guards are the first of them", "[HK-14]") {
    haft::hook_set hooks;
    int logged = 0;
    haft::hook_reply meanwhile;
    hooks.log_to([&](std::string_view) {
        if (++logged == 1) meanwhile = hooks.emit<old_guarded>(0);
    });
    const auto first = hooks.add_named("old_guarded", {.name = "first"},
                                       [](std::string_view) -> haft::result<std::string> { return std::string(); });
    const auto guard =
        hooks.add_named("old_guarded", {.name = "guard", .guard = true},
                        [](std::string_view) -> haft::result<std::string> { return std::string(R"({"veto":"no"})"); });
    CHECK(hooks.emit<old_guarded>(1).vetoed == "no");
    CHECK(meanwhile.vetoed == "no");
    CHECK(logged == 2);
}

TEST_CASE("Who withdraws a named hook waits until it is bound, and out again", "[HK-14][fault-152]") {
    haft::hook_set hooks;
    std::atomic<bool> binding = false, withdraws = false, bound = false;
    hooks.log_to([&](std::string_view) {
        binding = true;
        wait_for(withdraws);
        std::this_thread::sleep_for(20ms);
        bound = true;
    });
    auto named = hooks.add_named("old_guarded", {.name = "a"},
                                 [](std::string_view) -> haft::result<std::string> { return std::string(); });
    REQUIRE(named);
    std::thread emits([&] { static_cast<void>(hooks.emit<old_guarded>(1)); });
    wait_for(binding);
    withdraws = true;
    named->withdraw();
    CHECK(bound);
    emits.join();
    CHECK(hooks.list().empty());
}

TEST_CASE("The handle of a hook that another has replaced waits for it all the same", "[HK-04][fault-152]") {
    haft::hook_set hooks;
    std::atomic<bool> inside = false, may_go = false, done = false;
    haft::enlistment first = *hooks.add<tick>(
        [&] {
            inside = true;
            wait_for(may_go);
            std::this_thread::sleep_for(20ms);
            done = true;
        },
        {.name = "a"});
    std::thread emits([&] { hooks.emit<tick>(1); });
    wait_for(inside);
    const haft::enlistment second = *hooks.add<tick>([] {}, {.name = "a"});  // waits for nobody
    CHECK_FALSE(done);
    may_go = true;
    first.withdraw();
    CHECK(done);
    emits.join();
    CHECK(hooks.list().size() == 1);
}

TEST_CASE("A named hook may ask for all hooks while it is told history, and others what waits", "[HK-14]") {
    haft::hook_set hooks;
    hooks.emit<remembered>(1);
    std::atomic<bool> inside = false, other_began = false;
    std::thread asks([&] {
        wait_for(inside);
        other_began = true;
        static_cast<void>(hooks.check_pending());
    });
    const auto a = hooks.add_named("remembered", {.name = "a"}, [&](std::string_view) -> haft::result<std::string> {
        inside = true;
        wait_for(other_began);
        std::this_thread::sleep_for(20ms);
        CHECK(hooks.list().size() == 1);
        return std::string();
    });
    asks.join();
    CHECK(a);
}

namespace {
/// An owner with a hook that asks for the registry while the registry takes it out.
struct asking_owner {
    haft::registry r;
    std::atomic<bool> inside = false;
    std::atomic<bool> shut_down = false;
    bool hook_there_at_shutdown = false;
    std::thread emits;
    haft::owner make(bool async = false) {
        haft::owner o;
        o.name = "mine";
        o.parts.push_back(haft::hook_part<tick>("mine.tick",
                                                [this] {
                                                    inside = true;
                                                    std::this_thread::sleep_for(20ms);
                                                    r.set_model("m");
                                                },
                                                {.async = async}));
        o.shutdown = [this] {
            shut_down = true;
            hook_there_at_shutdown = !r.get<haft::hook_set>().list().empty();
        };
        return o;
    }
    void emit() {
        emits = std::thread([this] { r.get<haft::hook_set>().emit<tick>(1); });
        wait_for(inside);
    }
};
}  // namespace

TEST_CASE("An owner whose parts don't all come waits for its hooks with nothing locked", "[fault-152]") {
    asking_owner with;
    haft::owner o = with.make();
    SECTION("one fails") {
        o.parts.push_back({.kind = "x", .name = "y", .enlist = [&](haft::kinds&, std::string_view) {
                               with.emit();
                               return haft::result<haft::enlistment>(haft::error{haft::errc::bad_owner, "not today"});
                           }});
    }
    SECTION("one throws") {
        o.parts.push_back(
            {.kind = "x", .name = "y", .enlist = [&](haft::kinds&, std::string_view) -> haft::result<haft::enlistment> {
                 with.emit();
                 throw std::runtime_error("not today");
             }});
    }
    SECTION("one takes the owner out") {
        o.parts.push_back({.kind = "x", .name = "y", .enlist = [&](haft::kinds&, std::string_view) {
                               with.emit();
                               with.r.remove("mine");
                               return haft::result<haft::enlistment>(haft::enlistment{});
                           }});
    }
    bool in_batch = false;
    SECTION("one fails in a batch that comes to nothing") {
        in_batch = true;
        o.parts.push_back({.kind = "x", .name = "y", .enlist = [&](haft::kinds&, std::string_view) {
                               with.emit();
                               return haft::result<haft::enlistment>(haft::error{haft::errc::bad_owner, "not today"});
                           }});
    }
    REQUIRE(with.r.add(o));
    if (in_batch) {
        CHECK_THROWS_AS(with.r.batch([&] {
            CHECK_FALSE(with.r.expose("mine"));
            throw std::runtime_error("never mind");
        }),
                        std::runtime_error);
    } else {
        CHECK_FALSE(with.r.expose("mine"));
    }
    CHECK(with.r.get<haft::hook_set>().list().empty());
    with.emits.join();
    CHECK_FALSE(with.r.is_exposed("mine"));
    CHECK_FALSE(with.hook_there_at_shutdown);
}

TEST_CASE("An owner that takes the place of another waits for nobody's asynchronous hook while it comes",
          "[fault-152]") {
    asking_owner with;
    with.r.~registry();
    new (&with.r) haft::registry({.owners = haft::on_duplicate::replace});
    REQUIRE(with.r.add_exposed(with.make(true)));
    haft::owner again = with.make(true);
    again.parts.insert(again.parts.begin(), {.kind = "x", .name = "y", .enlist = [&](haft::kinds&, std::string_view) {
                                                 with.emit();
                                                 return haft::result<haft::enlistment>(haft::enlistment{});
                                             }});
    REQUIRE(with.r.add_exposed(std::move(again)));
    with.emits.join();
    with.r.get<haft::hook_set>().wait_for_async();
    CHECK(with.r.get<haft::hook_set>().list().size() == 1);
}
