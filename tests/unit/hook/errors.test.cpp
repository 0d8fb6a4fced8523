// SPDX-License-Identifier: BSL-1.0
// Hooks that fail, are slow, or hang: nobody else is kept from going on.
#include <haft/hook.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using haft::session_start;
using haft::tool_pre_execute;
using namespace std::chrono_literals;

namespace {
struct passing {
    static constexpr std::string_view name = "passing";
    static constexpr bool passes_exceptions = true;
    using signature = void(int);
};
struct views {
    static constexpr std::string_view name = "views";
    using signature = void(const std::vector<std::string_view>*);
};
struct text_point {
    static constexpr std::string_view name = "text_point";
    using signature = void(std::string_view);
};
}  // namespace

TEST_CASE("A hook that throws is told, with owner, point and cause, and the others go on", "[HK-07][fault-145]") {
    haft::hook_set hooks;
    said says;
    string_list log;
    hooks.log_to([&](std::string_view line) { log.emplace_back(line); });
    const auto a =
        hooks.add<tick>([] { throw std::runtime_error("disk full"); }, {.name = "a", .priority = 2, .owner = "logger"});
    const auto b = hooks.add<tick>([] { throw 7; }, {.name = "b", .priority = 1});
    const auto c = hooks.add<tick>(says.saying("c"), {.name = "c"});
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"c"});
    const auto errors = hooks.errors();
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].text() == "hook \"a\" of logger at tick: disk full [haft-E0290]");
    CHECK(errors[0].point == "tick");
    CHECK(errors[0].owner == "logger");
    CHECK_THROWS_AS(std::rethrow_exception(errors[0].cause), std::runtime_error);
    CHECK(errors[1].what == "an exception that is no std::exception");
    CHECK(log == string_list{errors[0].text(), errors[1].text()});
    hooks.clear_errors();
    CHECK(hooks.errors().empty());
}

TEST_CASE("A guard that throws is a veto, and others still run; who only observes is let pass", "[fault-145]") {
    haft::hook_set hooks;
    said says;
    const auto observer =
        hooks.add<tool_pre_execute>([] { throw std::runtime_error("no log"); }, {.name = "observer", .priority = 3});
    CHECK(hooks.emit<tool_pre_execute>({}).proceeds());
    const auto guard = hooks.add<tool_pre_execute>([] { throw std::runtime_error("no rules"); },
                                                   {.name = "rules", .priority = 2, .guard = true});
    const auto last = hooks.add<tool_pre_execute>(says.saying("last"), {.name = "last"});
    const haft::hook_reply reply = hooks.emit<tool_pre_execute>({});
    CHECK(reply.vetoed == "hook \"rules\", which guards this, failed: no rules");
    CHECK(says.take() == string_list{"last"});
}

TEST_CASE("A guard where nothing can be vetoed is not added", "[fault-145]") {
    haft::hook_set hooks;
    const auto guard = hooks.add<session_start>([] {}, {.name = "g", .guard = true});
    REQUIRE_FALSE(guard);
    CHECK(
        guard.error().text() ==
        "hook \"g\" was not added at session_start: a guard vetoes when it fails, and here is nothing to veto; add it "
        "without guard [haft-E0291]");
}

TEST_CASE("Only the signal that the session is complete passes through", "[HK-07]") {
    haft::hook_set hooks;
    said says;
    const auto a = hooks.add<session_start>([] { throw haft::session_complete("done"); }, {.name = "a", .priority = 1});
    const auto b = hooks.add<session_start>(says.saying("b"), {.name = "b"});
    const auto w = hooks.add<session_start>([](haft::next_hooks<session_start>& next) { next(); }, {.name = "w"});
    try {
        static_cast<void>(hooks.emit<session_start>({}));
        FAIL("it did not pass");
    } catch (const haft::session_complete& signal) { CHECK(std::string(signal.what()) == "done"); }
    CHECK(says.take().empty());
    CHECK(hooks.errors().empty());
    const auto gone = hooks.remove("a");
    CHECK(gone == 1);
    static_cast<void>(hooks.emit<session_start>({}));
    CHECK(says.take() == string_list{"b"});
}

TEST_CASE("A point may let exceptions pass to who emits", "[HK-07]") {
    haft::hook_set hooks;
    said says;
    const auto a = hooks.add<passing>([] { throw std::runtime_error("mine"); }, {.name = "a", .priority = 1});
    const auto b = hooks.add<passing>(says.saying("b"), {.name = "b"});
    CHECK_THROWS_AS(hooks.emit<passing>(1), std::runtime_error);
    CHECK(says.take().empty());
    CHECK(hooks.errors().empty());
}

TEST_CASE("A slow hook is told, from the threshold on that was set", "[HK-07][fault-151]") {
    haft::hook_set hooks;
    const auto quick = hooks.add<tick>([] {}, {.name = "quick"});
    const auto slow = hooks.add<tick>([] { std::this_thread::sleep_for(20ms); }, {.name = "slow", .owner = "o"});
    hooks.emit<tick>(1);
    CHECK(hooks.errors().empty());  // 5 s is the default
    hooks.set_slow(10ms);
    hooks.emit<tick>(1);
    REQUIRE(hooks.errors().size() >= 1);
    bool told = false;
    for (const auto& e : hooks.errors()) {
        if (e.hook != "slow") continue;  // the machine may be slow, too
        told = true;
        CHECK(e.code == haft::errc::hook_slow);
        CHECK(e.what.find("it took ") == 0);
        CHECK(e.text().find("hook \"slow\" of o at tick: it took ") == 0);
    }
    CHECK(told);
    hooks.clear_errors();
    hooks.set_slow(0ms);
    hooks.emit<tick>(1);
    CHECK(hooks.errors().empty());
}

TEST_CASE("Of many errors the newest are kept", "[HK-07]") {
    haft::hook_set hooks;
    int n = 0;
    const auto a = hooks.add<tick>([&] { throw std::runtime_error(std::to_string(n++)); }, {.name = "a"});
    for (int i = 0; i < 255; ++i) hooks.emit<tick>(i);
    CHECK(hooks.errors().size() == 255);
    hooks.emit<tick>(1);
    CHECK(hooks.errors().size() == 256);
    CHECK(hooks.errors().front().what == "0");
    hooks.emit<tick>(1);
    CHECK(hooks.errors().size() == 256);
    CHECK(hooks.errors().front().what == "1");
    CHECK(hooks.errors().back().what == "256");
}

TEST_CASE("Who watches, and throws, breaks nothing; nor does the log", "[HK-07]") {
    haft::hook_set hooks;
    said says;
    hooks.log_to([](std::string_view) { throw std::runtime_error("no log"); });
    const auto watched =
        hooks.monitor({.before = [](const haft::hook_event&) { throw std::runtime_error("no telemetry"); },
                       .after = [](const haft::hook_event&) { throw 1; }});
    const auto a = hooks.add<tick>(says.saying("a"), {.name = "a"});
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"a"});
    REQUIRE(hooks.errors().size() == 2);
    CHECK(hooks.errors()[0].text() == "hooks at tick: who watches it failed: no telemetry [haft-E0290]");
}

TEST_CASE("An asynchronous hook runs on another thread, started before the others", "[HK-08]") {
    haft::hook_set hooks;
    std::promise<std::thread::id> on;
    std::atomic<bool> ran_first = false;
    std::thread::id its_thread;
    auto future = on.get_future();
    const auto a = hooks.add<tick>([&] { on.set_value(std::this_thread::get_id()); }, {.name = "a", .async = true});
    const auto b = hooks.add<tick>(
        [&] {
            its_thread = future.get();  // would wait for ever if it were started after this one
            ran_first = true;
        },
        {.name = "b", .priority = 100});
    hooks.emit<tick>(1);
    CHECK(ran_first);
    CHECK(its_thread != std::this_thread::get_id());
    hooks.wait_for_async();
}

TEST_CASE("What an asynchronous hook says is only logged, and so is what it throws", "[HK-08]") {
    haft::hook_set hooks;
    std::mutex mutex;
    string_list log;
    hooks.log_to([&](std::string_view line) {
        const std::lock_guard guard(mutex);
        log.emplace_back(line);
    });
    const auto a =
        hooks.add<session_start>([] { return haft::message{.text = "from afar"}; }, {.name = "a", .async = true});
    const auto b =
        hooks.add<session_start>([] { throw haft::session_complete("not from there"); }, {.name = "b", .async = true});
    CHECK(hooks.emit<session_start>({}).messages.empty());
    hooks.wait_for_async();
    const std::lock_guard guard(mutex);
    CHECK(log == string_list{"asynchronous hook \"a\" at session_start: from afar",
                             "hook \"b\" at session_start: not from there [haft-E0290]"});
}

TEST_CASE("An asynchronous hook has copies of all data, texts that were views too", "[HK-08][fault-154]") {
    haft::hook_set hooks;
    std::promise<void> go;
    auto gone = go.get_future();
    std::string seen, seen_too, workspace;
    const auto a = hooks.add<text_point>(
        [&](std::string_view text) {
            gone.wait();
            seen = text;
        },
        {.name = "a", .async = true});
    const auto b = hooks.add<session_start>(
        [&](const session_start::data& data) {
            workspace = data.workspace;
            seen_too = data.initial.at(0).text;
        },
        {.name = "b", .async = true});
    {
        auto text = std::make_unique<std::string>("a text that is too long to stand within the string object itself");
        hooks.emit<text_point>(std::string_view(*text));
        auto data = std::make_unique<session_start::data>(
            session_start::data{.workspace = *text, .initial = {{.text = *text + "!"}}});
        static_cast<void>(hooks.emit<session_start>(*data));
    }
    go.set_value();
    hooks.wait_for_async();
    CHECK(seen == "a text that is too long to stand within the string object itself");
    CHECK(seen_too == seen + "!");
    CHECK(workspace == seen);
}

TEST_CASE("What a hook keeps of the data is its own", "[fault-154]") {
    haft::hook_set hooks;
    std::vector<haft::tool_pre_execute::data> kept;
    haft::message_log log;
    const auto a = hooks.add<tool_pre_execute>(
        [&](const tool_pre_execute::data& data) {
            kept.push_back(data);
            log = data.log;
        },
        {.name = "a"});
    {
        auto talk = std::make_shared<std::vector<haft::message>>();
        talk->push_back({.text = "a text that is too long to stand within the string object itself"});
        auto data =
            std::make_unique<tool_pre_execute::data>(tool_pre_execute::data{.tool = talk->front().text, .log = talk});
        static_cast<void>(hooks.emit<tool_pre_execute>(*data));
    }
    CHECK(kept.at(0).tool == log->at(0).text);
}

TEST_CASE("A hook that is shown other arguments may keep those, too", "[fault-154]") {
    haft::hook_set hooks;
    std::string kept;
    const auto a = hooks.add<tool_pre_execute>(
        [] { return haft::replace_arguments("{\"text\":\"long enough to stand on the heap, as most texts do\"}"); },
        {.name = "a", .priority = 1});
    const auto b =
        hooks.add<tool_pre_execute>([&](const haft::tool_call& call) { kept = call.arguments; }, {.name = "b"});
    static_cast<void>(hooks.emit<tool_pre_execute>({}));
    CHECK(kept == "{\"text\":\"long enough to stand on the heap, as most texts do\"}");
}

TEST_CASE("What can't be copied has no asynchronous hooks, nor have guards and wrappers", "[HK-08]") {
    haft::hook_set hooks;
    const auto a = hooks.add<views>([] {}, {.name = "a", .async = true});
    REQUIRE_FALSE(a);
    CHECK(a.error().text() ==
          "hook \"a\" was not added at views: an asynchronous hook works on copies, and the arguments of this point "
          "can't "
          "be copied: they are views, pointers or written to [haft-E0291]");
    const auto b = hooks.add<tool_pre_execute>([] {}, {.name = "b", .async = true, .guard = true});
    CHECK_FALSE(b);
    const auto c = hooks.add<tick>([](haft::next_hooks<tick>& next) { next(); }, {.name = "c", .async = true});
    CHECK_FALSE(c);
}

TEST_CASE("An asynchronous hook that hangs is named when its time is up, and stops if it listens",
          "[HK-08][fault-151]") {
    haft::hook_set hooks;
    std::atomic<bool> started = false;
    const auto a = hooks.add<tick>(
        [&](const haft::stop_token&) {
            started = true;
            std::this_thread::sleep_for(300ms);  // it does not look
        },
        {.name = "hangs", .owner = "plugin-a", .async = true});
    const auto b = hooks.add<tick>([] {}, {.name = "waits", .async = true});
    hooks.emit<tick>(1);
    while (!started) std::this_thread::yield();
    const auto shut = hooks.shut_down(1ms);
    REQUIRE_FALSE(shut);
    CHECK(shut.error().text() ==
          "hook \"hangs\" of plugin-a at tick: it has not ended within 1 ms; 1 that waited for it were dropped "
          "[haft-E0297]");
    bool dropped = false;
    for (const auto& e : hooks.errors()) dropped = dropped || (e.hook == "waits" && e.code == haft::errc::hook_dropped);
    CHECK(dropped);
    hooks.clear_errors();
    hooks.emit<tick>(1);
    REQUIRE(hooks.errors().size() == 2);
    CHECK(hooks.errors()[0].text() ==
          "hook \"hangs\" of plugin-a at tick: it was not called: the hooks have been shut down [haft-E0296]");
}

TEST_CASE("A hook that asks its stop_token ends at shut down, after those that wait", "[fault-151]") {
    haft::hook_set hooks;
    std::atomic<int> ran = 0;
    const auto a = hooks.add<tick>(
        [&](haft::stop_token stop) {
            while (!stop.stop_requested()) std::this_thread::yield();
            ++ran;
        },
        {.name = "listens", .async = true});
    hooks.emit<tick>(1);
    hooks.emit<tick>(2);
    CHECK(hooks.shut_down(10s));
    CHECK(ran == 2);
    CHECK(hooks.shut_down(0ms));  // twice is once
}

TEST_CASE("Of asynchronous hooks at most 1024 wait, and what has no room is told with who goes on", "[HK-08]") {
    haft::hook_set hooks;
    std::promise<void> go;
    auto may_go = go.get_future().share();
    std::atomic<bool> started = false;
    std::atomic<int> ran = 0;
    const auto a = hooks.add<tick>(
        [&, may_go] {
            started = true;
            may_go.wait();
            ++ran;
        },
        {.name = "slow one", .async = true});
    hooks.emit<tick>(0);
    while (!started) std::this_thread::yield();
    for (int i = 0; i < 1024; ++i) hooks.emit<tick>(i);
    CHECK(hooks.errors().empty());
    hooks.emit<tick>(1025);
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].text() ==
          "hook \"slow one\" at tick: it was not called: 1024 asynchronous hooks are waiting, while hook \"slow one\" "
          "goes "
          "on [haft-E0296]");
    go.set_value();
    hooks.wait_for_async();
    CHECK(ran == 1025);
}
