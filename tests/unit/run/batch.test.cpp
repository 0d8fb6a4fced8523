// SPDX-License-Identifier: BSL-1.0
// Batches on a pool: order of the answers, who waits for whom, barriers, pauses among siblings, tools that call tools.
#include <haft/core/stop_source.hpp>
#include <haft/run/thread_pool.hpp>
#include <haft/toolbox.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace run_test;
using haft::call_verdict;
using haft::running_call;

namespace {

/// Notes whether two are ever within it at a time; no lock, so that ThreadSanitizer sees what is not serialised.
struct not_for_two {
    int inside = 0;
    int most = 0;
    int calls = 0;
    void enter() {
        ++calls;
        if (++inside > most) most = inside;
        std::this_thread::yield();
        --inside;
    }
};

struct tally {
    int n = 0;
    int add() { return ++n; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&tally::add>("Adds one"));
    }
};

}  // namespace

TEST_CASE("Calls of a batch run side by side; the answers stand in the order of the calls", "[EX-06]") {
    counter inside;
    haft::toolset tools;
    tools.add("meet", {.description = "Ends when all are there", .hints = haft::thread_safe}, [&](const text_args& a) {
        inside.add();
        inside.wait_for(4);
        return a.text;
    });
    haft::thread_pool pool(4);
    CHECK(haft::thread_pool().threads() == 8);
    haft::call_runner runner(tools, {.on = &pool});
    const haft::batch_result all = runner.run_all({call("meet", R"({"text":"a"})"), call("meet", R"({"text":"b"})"),
                                                   call("meet", R"({"text":"c"})"), call("meet", R"({"text":"d"})")});
    CHECK(texts(all) == std::vector<std::string>{"a", "b", "c", "d"});
}

TEST_CASE("A single call runs on the thread that asks for it", "[EX-06]") {
    haft::toolset tools;
    std::thread::id where;
    tools.add("where", {.description = "Notes its thread", .hints = haft::thread_safe},
              [&](const no_args&) { where = std::this_thread::get_id(); });
    haft::thread_pool pool(2);
    haft::call_runner runner(tools, {.on = &pool});
    static_cast<void>(runner.run_all({call("where")}));
    CHECK(where == std::this_thread::get_id());
    std::vector<std::thread::id> callbacks;
    runner.before([&](const running_call&) { callbacks.push_back(std::this_thread::get_id()); });
    runner.after(
        [&](const running_call&, const haft::call_outcome&) { callbacks.push_back(std::this_thread::get_id()); });
    static_cast<void>(runner.run_all({call("where"), call("nowhere"), call("nowhere")}));
    CHECK(std::set<std::thread::id>(callbacks.begin(), callbacks.end()) ==
          std::set<std::thread::id>{std::this_thread::get_id()});
}

TEST_CASE("A tool that is not hinted thread-safe is called by one at a time, whoever calls it", "[EX-06][fault-70]") {
    not_for_two state;
    haft::toolset tools;
    tools.add("shy", "Not for two", [&](const no_args&) { state.enter(); });
    haft::thread_pool pool(16);
    haft::call_runner first(tools, {.on = &pool}), second(tools, {.on = &pool});
    const std::vector<haft::tool_call> calls(50, call("shy"));
    std::thread other([&] { static_cast<void>(second.run_all(calls)); });
    CHECK(first.run_all(calls).answers.size() == 50);
    other.join();
    CHECK(state.most == 1);
    CHECK(state.calls == 100);
}

TEST_CASE("Sixteen threads call one runner at once", "[fault-70]") {
    haft::toolset tools = behaviours();
    haft::result<haft::toolbox> box = haft::make_toolbox<tally>();
    REQUIRE(box);
    REQUIRE(tools.add(*box));
    haft::thread_pool pool(4);
    haft::call_runner runner(tools, {.on = &pool});
    std::atomic<int> good{0};
    {
        std::vector<std::thread> threads;
        for (int t = 0; t < 16; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 20; ++i) {
                    const haft::batch_result all = runner.run_all(
                        {call("tally.add"), call("echo", R"({"text":"a"})"), call("fails"), call("tally.add")});
                    good += all.answers.size() == 4 && all.answers[1].text == "a" && all.answers[2].is_error;
                }
            });
        for (std::thread& t : threads) t.join();
    }
    CHECK(good == 320);
    CHECK(box->get<tally>()->n == 640);
}

TEST_CASE("A sequential tool runs alone: after all before it and before all behind it", "[EX-06]") {
    std::mutex mutex;
    std::vector<std::string> events;
    const auto log = [&](std::string what) {
        const std::lock_guard guard(mutex);
        events.push_back(std::move(what));
    };
    haft::toolset tools;
    tools.add("side", {.description = "Any time", .hints = haft::thread_safe}, [&](const text_args& a) {
        log("begin " + a.text);
        log("end " + a.text);
    });
    tools.add("alone", {.description = "Alone", .hints = haft::thread_safe, .tags = "sequential"},
              [&](const no_args&) { log("alone"); });
    haft::thread_pool pool(8);
    haft::call_runner runner(tools, {.on = &pool});
    for (int round = 0; round < 20; ++round) {
        events.clear();
        static_cast<void>(
            runner.run_all({call("side", R"({"text":"1"})"), call("side", R"({"text":"2"})"), call("alone"),
                            call("side", R"({"text":"3"})"), call("side", R"({"text":"4"})")}));
        REQUIRE(events.size() == 9);
        CHECK(events[4] == "alone");
        for (std::size_t i = 0; i < 4; ++i) CHECK((events[i].back() == '1' || events[i].back() == '2'));
    }
    haft::call_runner other(tools, {.on = &pool, .sequential = [](const haft::tool& t) { return t.name == "side"; }});
    events.clear();
    static_cast<void>(other.run_all({call("side", R"({"text":"1"})"), call("side", R"({"text":"2"})")}));
    CHECK(events == std::vector<std::string>{"begin 1", "end 1", "begin 2", "end 2"});
}

TEST_CASE("Siblings end before a pause is handed on, and before a callback's exception comes through",
          "[EX-06][EX-08]") {
    counter paused, done;
    haft::toolset tools = behaviours();
    tools.add("waits", {.description = "Pauses at once", .hints = haft::thread_safe}, [&](const no_args&) -> int {
        paused.add();
        throw haft::call_paused("for Anna");
    });
    tools.add("slow", {.description = "Ends later", .hints = haft::thread_safe}, [&](const no_args&) {
        paused.wait_for(1);
        done.add();
    });
    haft::thread_pool pool(4);
    haft::call_runner runner(tools, {.on = &pool});
    const haft::batch_result all =
        runner.run_all({call("waits", "{}", "1"), call("slow", "{}", "2"), call("slow", "{}", "3")});
    CHECK(done.value() == 2);
    REQUIRE(all.paused.size() == 1);
    CHECK(all.paused[0].call.id == "1");
    CHECK(all.paused[0].reason == "for Anna");
    REQUIRE(all.answers.size() == 2);
    CHECK(all.answers[0].id == "2");
    runner.before([](const running_call& c) {
        if (c.call.id == "1") throw std::logic_error("bug of 1");
        if (c.call.id == "3") throw std::logic_error("bug of 3");
    });
    try {
        static_cast<void>(runner.run_all(
            {call("nothing", "{}", "1"), call("slow", "{}", "2"), call("slow", "{}", "3"), call("slow", "{}", "4")}));
        FAIL("nothing was thrown");
    } catch (const haft::run_failed& e) {
        CHECK(std::string(e.what()).find("bug of 1") != std::string::npos);
        CHECK(e.batch.answers.size() == 4);
    }
    CHECK(done.value() == 4);
}

TEST_CASE("Every call of any batch is answered once, with its id, or is paused", "[IO-07]") {
    std::mt19937 chance(7);
    haft::toolset tools = behaviours();
    tools.add("alone", {.description = "Alone", .tags = "sequential"}, [](const no_args&) { return 1; });
    tools.add("shy", "Not for two", [](const no_args&) { return 1; });
    haft::thread_pool pool(4);
    const std::vector<std::string> names{"echo",    "fails", "fails_oddly", "pauses", "says_pause",
                                         "nothing", "alone", "shy",         "nowhere"};
    for (int round = 0; round < 300; ++round) {
        haft::call_runner runner(tools, {.on = round % 2 ? &pool : nullptr});
        haft::stop_source stop;
        std::map<std::string, int> told;  // ids that an after-call heard of
        runner.before([&](const running_call& c) -> call_verdict {
            switch (c.call.arguments.size() % 11) {
                case 3: return call_verdict::cancel("vetoed");
                case 4: return call_verdict::pause("later");
                case 5: return call_verdict::answer("skipped");
                case 6: throw haft::call_cancelled("thrown");
                case 7: throw std::logic_error("a bug");
                case 8: return call_verdict::replace("{}");
                default: return {};
            }
        });
        runner.add_gate("some", haft::gate_stage::policy, [&](const running_call& c) -> call_verdict {
            if (c.call.arguments.size() % 13 == 5) throw std::runtime_error("gate");
            if (c.call.arguments.size() % 13 == 6) return call_verdict::refuse({haft::errc::not_approved, "no"});
            if (c.call.arguments.size() % 13 == 7) stop.request_stop();  // the rest is cancelled
            return {};
        });
        runner.use([](const running_call& c, const haft::next_call& next) {
            if (c.call.arguments.size() % 17 == 9) throw std::runtime_error("layer");
            return next();
        });
        runner.after([&](const running_call& c, const haft::call_outcome&) { ++told[c.call.id]; });
        std::vector<haft::tool_call> calls(chance() % 9);
        for (std::size_t i = 0; i < calls.size(); ++i) {
            calls[i].name = names[chance() % names.size()];
            calls[i].arguments = "{\"text\":\"" + std::string(chance() % 40, 'x') + "\"}";
            if (calls[i].name != "echo") calls[i].arguments = "{" + std::string(chance() % 40, ' ') + "}";
            if (chance() % 10 == 0) calls[i].arguments = "no JSON" + std::string(chance() % 40, '!');
            if (chance() % 2) calls[i].id = "call_" + std::to_string(i);
        }
        haft::batch_result all;
        try {
            all = runner.run_all(calls, stop.token());
        } catch (const haft::run_failed& e) { all = e.batch; }
        REQUIRE(all.calls.size() == calls.size());
        REQUIRE(all.answers.size() + all.paused.size() == calls.size());
        REQUIRE(all.problems.size() == all.answers.size());
        std::size_t answer = 0, pause = 0;
        for (std::size_t i = 0; i < calls.size(); ++i) {
            const std::string& id = all.calls[i].id;
            REQUIRE(!id.empty());
            if (!calls[i].id.empty()) REQUIRE(id == calls[i].id);
            REQUIRE(all.calls[i].name == calls[i].name);
            if (answer < all.answers.size() && all.answers[answer].id == id) {
                REQUIRE(all.answers[answer].name == calls[i].name);
                REQUIRE(all.answers[answer].is_error == all.problems[answer].has_value());
                ++answer;
            } else {
                REQUIRE(pause < all.paused.size());
                REQUIRE(all.paused[pause++].call.id == id);
                REQUIRE(told.count(id) == 0);
            }
            REQUIRE(told[id] <= 1);
        }
    }
}

TEST_CASE("A tool that calls itself through the runner ends at the sixteenth, with nothing locked",
          "[fault-73][fault-147]") {
    haft::toolset tools;
    haft::call_runner* runner = nullptr;
    int deepest = 0;
    std::string last;
    tools.add("again", "Calls itself", [&](const no_args&) {
        ++deepest;
        const haft::tool_answer a = runner->run(call("again"));
        if (a.is_error) last = a.text;
        return 1;
    });
    haft::call_runner over(tools);
    runner = &over;
    CHECK(over.run(call("again")).text == "1");
    CHECK(deepest == 16);
    CHECK(
        last ==
        "Error: tools that call tools are 16 deep already, and at most 16 may be; the call was not made [haft-E0345]");
    deepest = 0;
    haft::thread_pool pool(2);
    haft::call_runner parallel(tools, {.on = &pool, .max_depth = 3});
    runner = &parallel;
    CHECK(texts(parallel.run_all({call("again"), call("again")})) == std::vector<std::string>{"1", "1"});
    CHECK(deepest == 6);
}

TEST_CASE("A callback that makes the same call again ends, too", "[fault-147]") {
    haft::call_runner runner(behaviours());
    int calls = 0;
    runner.before([&](const running_call& c) {
        ++calls;
        static_cast<void>(runner.run(c.call));
    });
    CHECK(runner.run(call("nothing")).text == "null");
    CHECK(calls == 16);
}

TEST_CASE("Two tools that call each other from two threads do not wait for each other", "[fault-73]") {
    counter inside;
    haft::call_runner* runner = nullptr;
    haft::toolset tools;
    for (const char* const name : {"left", "right"}) {
        const std::string other = std::string(name) == "left" ? "right" : "left";
        tools.add(name, "Calls the other", [&inside, &runner, other](const text_args& a) {
            if (a.text == "inner") return 2;
            inside.add();
            inside.wait_for(2);  // both have their turns
            return runner->run(call(other, R"({"text":"inner"})")).text == "2" ? 1 : 0;
        });
    }
    haft::thread_pool pool(2);
    haft::call_runner over(tools, {.on = &pool});
    runner = &over;
    CHECK(texts(over.run_all({call("left", R"({"text":"outer"})"), call("right", R"({"text":"outer"})")})) ==
          std::vector<std::string>{"1", "1"});
}

namespace {
struct caller {
    haft::call_runner* runner = nullptr;
    counter* inside = nullptr;
    std::string other;
    int calls = 0;
    int ask() {
        inside->add();
        inside->wait_for(2);
        return runner->run(call(other)).is_error ? 0 : 1;
    }
    void serve() { ++calls; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Calls others", haft::method<&caller::ask>("Asks the other"),
                                   haft::method<&caller::serve>("Serves"));
    }
};
}  // namespace

TEST_CASE("Two toolboxes whose methods call each other through the runner do not wait for each other", "[fault-73]") {
    counter inside;
    haft::toolset tools;
    std::vector<haft::toolbox> boxes;
    for (const char* const name : {"a", "b"}) {
        auto box = haft::make_toolbox<caller>(name);
        REQUIRE(box);
        REQUIRE(tools.add(*box));
        boxes.push_back(*box);
    }
    haft::thread_pool pool(2);
    haft::call_runner runner(tools, {.on = &pool});
    for (std::size_t i = 0; i < 2; ++i) {
        caller& c = *boxes[i].get<caller>();
        c.runner = &runner;
        c.inside = &inside;
        c.other = i == 0 ? "b.serve" : "a.serve";
    }
    CHECK(texts(runner.run_all({call("a.ask"), call("b.ask")})) == std::vector<std::string>{"1", "1"});
    CHECK(boxes[0].get<caller>()->calls == 1);
}
