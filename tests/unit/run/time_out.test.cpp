// SPDX-License-Identifier: BSL-1.0
// Tools that take too long, are cancelled, or run when the runner is to end.
#include <haft/core/stop_source.hpp>
#include <haft/run/thread_pool.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace run_test;
using haft::running_call;
using namespace std::chrono_literals;

namespace {

/// A pool with two tools: `hangs` until the test lets it go, whoever asks it to stop; `heeds` ends when it is asked to.
struct hanging {
    counter begun, let_go, ended;
    std::atomic<int> told{0};
    haft::toolset tools = [this] {
        haft::toolset out = behaviours();
        out.add("hangs", {.description = "Hangs", .hints = haft::thread_safe}, [this](haft::call_context& context) {
            begun.add();
            let_go.wait_for(1);
            context.progress(1);
            ended.add();
            return 1;
        });
        out.add("heeds", {.description = "Heeds", .hints = haft::thread_safe}, [this](haft::call_context& context) {
            begun.add();
            while (!context.stop_requested()) std::this_thread::yield();
            ended.add();
            return haft::result<int>(haft::error{haft::errc::tool_failed, "stopped"});
        });
        return out;
    }();
    haft::thread_pool pool{4};
};

struct hears final : haft::call_listener {
    std::atomic<int> n{0};
    void on_progress(const haft::progress&) override { ++n; }
};

}  // namespace

TEST_CASE("A tool that hangs is answered for at its time; its late result is dropped, once, and its progress unheard",
          "[fault-66][fault-153]") {
    hanging h;
    hears listener;
    std::vector<std::string> after;
    haft::runner_options options{.on = &h.pool, .time_out = 5ms};
    options.call.listener = &listener;
    haft::call_runner runner(h.tools, options);
    runner.after([&](const running_call& c, const haft::call_outcome& o) {
        after.push_back(c.call.name + " " + haft::code_text(o.problem ? o.problem->code : haft::errc::not_json));
    });
    haft::tool_answer a;
    while (after.empty()) a = runner.run(call("hangs", "{}", "1"));  // until one has begun in time: a machine may be busy
    CHECK(a.id == "1");
    CHECK(a.text == R"(Error: tool "hangs" did not answer within 5 ms [haft-E0343])");
    CHECK(h.ended.value() == 0);  // its worker is still the pool's
    h.let_go.add();
    h.ended.wait_for(1);
    REQUIRE(runner.stop(10s));
    CHECK(runner.dropped_results() == 1);
    CHECK(after == std::vector<std::string>{"hangs haft-E0343"});
    CHECK(listener.n == 0);
}

TEST_CASE("Siblings of a tool that hangs have their results", "[fault-66][EX-06]") {
    hanging h;
    haft::call_runner runner(
        h.tools, {.on = &h.pool, .time_out_of = [](const haft::tool& t) { return t.name == "hangs" ? 5ms : 0ms; }});
    const haft::batch_result all = runner.run_all({call("echo", R"({"text":"a"})"), call("hangs"), call("nothing")});
    REQUIRE(all.answers.size() == 3);
    CHECK(all.answers[0].text == "a");
    CHECK(all.problems[1]->code == haft::errc::call_timed_out);
    CHECK(all.answers[2].text == "null");
    h.let_go.add();
}

TEST_CASE("After three time-outs a tool is not called any more, until somebody enables it", "[fault-66]") {
    hanging h;
    haft::call_runner runner(h.tools, {.on = &h.pool, .time_out = 5ms});
    int executed = 0;  // others had no thread in time, and the tool is not to blame
    runner.after([&](const running_call&, const haft::call_outcome&) { ++executed; });
    while (executed < 3) CHECK(runner.run(call("heeds")).text.find("did not answer") != std::string::npos);
    CHECK(
        runner.run(call("heeds")).text ==
        R"(Error: tool "heeds" is not called any more: it has exceeded its time 3 times; do without it [haft-E0344])");
    CHECK(executed == 3);
    runner.enable("heeds");
    while (executed < 4) CHECK(runner.run(call("heeds")).text.find("did not answer") != std::string::npos);
}

TEST_CASE("A call that waits for its turn at a hanging tool is answered, and never made", "[fault-66]") {
    hanging h;
    counter made;
    haft::toolset tools;
    tools.add("shy", "Hangs, and not for two", [&](const no_args&) {
        made.add();
        h.let_go.wait_for(1);
    });
    haft::call_runner runner(tools, {.on = &h.pool, .time_out = 5ms, .time_outs_until_disabled = 0});
    while (made.value() == 0) {
        const haft::batch_result all = runner.run_all({call("shy"), call("shy"), call("shy")});
        CHECK(all.answers.size() == 3);
        for (const auto& problem : all.problems) CHECK(problem->code == haft::errc::call_timed_out);
    }
    CHECK(made.value() == 1);
    h.let_go.add();
    REQUIRE(runner.stop(10s));
    CHECK(made.value() == 1);
}

TEST_CASE("When the pool has no thread left, calls are answered all the same", "[fault-66]") {
    hanging h;
    haft::thread_pool one(1);
    counter made;
    h.tools.add("counts", {.description = "Counts", .hints = haft::thread_safe}, [&](const no_args&) { made.add(); });
    haft::call_runner runner(h.tools, {.on = &one, .time_out = 5ms});
    int heard = 0;
    runner.after([&](const running_call&, const haft::call_outcome&) { ++heard; });
    while (heard == 0) CHECK(runner.run(call("hangs")).is_error);
    CHECK(runner.run(call("counts")).text.find("haft-E0343") != std::string::npos);
    CHECK(heard == 1);  // the second was never executed
    h.let_go.add();
    counter behind;
    one.post([&] { behind.add(); });
    behind.wait_for(1);
    CHECK(made.value() == 0);  // nor is it now that there is a thread again
}

TEST_CASE("Who gives up waiting for its turn at a hanging tool gives up its thread as well", "[fault-66]") {
    hanging h;
    haft::thread_pool two(2);
    h.tools.add("shy", "Hangs, and not for two", [&](const no_args&) { h.let_go.wait_for(1); });
    haft::call_runner runner(
        h.tools, {.on = &two, .time_out_of = [](const haft::tool& t) { return t.name == "shy" ? 5ms : 0ms; }});
    for (const auto& problem : runner.run_all({call("shy"), call("shy")}).problems)
        CHECK(problem->code == haft::errc::call_timed_out);
    CHECK(texts(runner.run_all({call("nothing"), call("nothing")})) == std::vector<std::string>{"null", "null"});
    h.let_go.add();
}

TEST_CASE("Without an executor a time-out asks the tool to stop", "[fault-66]") {
    hanging h;
    haft::call_runner runner(h.tools, {.time_out = 5ms});
    CHECK(runner.run(call("heeds")).text == R"(Error: tool "heeds" did not answer within 5 ms [haft-E0343])");
    CHECK(h.ended.value() == 1);
}

TEST_CASE("A cancelled call is answered at once, whether or not the tool heeds it; its result is dropped once",
          "[fault-67][fault-153]") {
    hanging h;
    haft::call_runner runner(h.tools, {.on = &h.pool});
    std::vector<std::string> after;
    runner.after([&](const running_call& c, const haft::call_outcome& o) {
        after.push_back(c.call.name + (o.failed() ? " failed" : " went well"));
    });
    std::thread canceller([&] {
        h.begun.wait_for(2);
        CHECK(runner.cancel("1"));
        CHECK(runner.cancel("2"));
        CHECK_FALSE(runner.cancel("3"));
    });
    const haft::batch_result all =
        runner.run_all({call("hangs", "{}", "1"), call("heeds", "{}", "2"), call("nothing")});
    canceller.join();
    REQUIRE(all.answers.size() == 3);
    CHECK(all.answers[0].text ==
          R"(Error: the call of tool "hangs" was cancelled while it ran; it may have done its work [haft-E0341])");
    CHECK(all.answers[1].text ==
          R"(Error: the call of tool "heeds" was cancelled while it ran; it may have done its work [haft-E0341])");
    CHECK(all.answers[2].text == "null");
    CHECK(after == std::vector<std::string>{"hangs failed", "heeds failed", "nothing went well"});
    h.let_go.add();
    h.ended.wait_for(2);
    REQUIRE(runner.stop(10s));
    CHECK(runner.dropped_results() == 2);
}

TEST_CASE("A cancelled call is answered though nothing else happens meanwhile", "[fault-67]") {
    hanging h;
    haft::call_runner runner(h.tools, {.on = &h.pool});
    std::thread canceller([&] {
        h.begun.wait_for(2);
        runner.cancel_all();
    });
    for (const auto& problem : runner.run_all({call("hangs"), call("hangs")}).problems)
        CHECK(problem->code == haft::errc::call_cancelled);
    canceller.join();
    h.let_go.add();
}

TEST_CASE("A call that is cancelled while gates are asked about it is not made", "[fault-67][IO-07]") {
    haft::stop_source stop;
    counter made;
    haft::toolset tools;
    tools.add("counts", "Counts", [&](const no_args&) { made.add(); });
    haft::call_runner runner(tools);
    int executed = 0;
    runner.after([&](const running_call&, const haft::call_outcome&) { ++executed; });
    runner.add_gate("person", haft::gate_stage::approval, [&](const running_call&) { stop.request_stop(); });
    CHECK(runner.run(call("counts"), stop.token()).text == R"(Error: the call of tool "counts" was cancelled [haft-E0341])");
    CHECK(made.value() == 0);
    CHECK(executed == 0);
}

TEST_CASE("A token cancels a batch: what runs is asked to end, what has not begun is not made", "[fault-67][IO-07]") {
    for (const bool parallel : {false, true}) {
        hanging h;
        haft::stop_source stop;
        haft::call_runner runner(h.tools, {.on = parallel ? &h.pool : nullptr});
        std::thread stopper([&] {
            h.begun.wait_for(1);
            stop.request_stop();
        });
        const haft::batch_result all = runner.run_all({call("heeds"), call("heeds")}, stop.token());
        stopper.join();
        REQUIRE(all.answers.size() == 2);
        for (const auto& problem : all.problems) CHECK(problem->code == haft::errc::call_cancelled);
        if (!parallel) CHECK(h.begun.value() == 1);
    }
}

TEST_CASE("Stopping waits until its deadline, then names the tool that still runs", "[fault-66]") {
    hanging h;
    haft::call_runner runner(h.tools, {.on = &h.pool, .time_out = 5ms});
    int executed = 0;
    runner.after([&](const running_call&, const haft::call_outcome&) { ++executed; });
    while (executed == 0) CHECK(runner.run(call("hangs")).is_error);
    const haft::result<void> stopped = runner.stop(5ms);
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().text() == R"(still running: tool "hangs" [haft-E0349])");
    h.let_go.add();
    CHECK(runner.stop(10s));
}

TEST_CASE("A runner starts and stops a thousand times, and takes calls only in between", "[fault-157]") {
    hanging h;
    haft::call_runner runner(h.tools, {.on = &h.pool});
    for (int i = 0; i < 1000; ++i) {
        REQUIRE(runner.stop());
        REQUIRE(runner.stop());  // twice
        REQUIRE(runner.run(call("nothing")).text == "Error: no calls are made any more [haft-E0348]");
        runner.start();
        REQUIRE(runner.run(call("nothing")).text == "null");
    }
    for (int i = 0; i < 1000; ++i) haft::call_runner(h.tools, {.on = &h.pool}).run(call("nothing"));
}

TEST_CASE("A runner is stopped while it starts calls, and while it is started", "[fault-157]") {
    hanging h;
    haft::call_runner runner(h.tools, {.on = &h.pool});
    std::atomic<bool> over{false};
    std::thread other([&] {
        while (!over) {
            static_cast<void>(runner.stop());
            runner.start();
        }
    });
    for (int i = 0; i < 300; ++i) {
        const haft::batch_result all =
            runner.run_all({call("echo", R"({"text":"a"})"), call("nothing"), call("nothing")});
        REQUIRE(all.answers.size() == 3);
        for (const auto& p : all.problems)
            if (p) REQUIRE((p->code == haft::errc::runner_stopped || p->code == haft::errc::call_cancelled));
    }
    over = true;
    other.join();
}

TEST_CASE("A runner is stopped inside a tool, and inside callbacks", "[fault-157]") {
    for (const bool parallel : {false, true}) {
        hanging h;
        haft::call_runner* runner = nullptr;
        h.tools.add("stops", "Stops all", [&](const no_args&) { return runner->stop(10s).has_value(); });
        haft::call_runner over(h.tools, {.on = parallel ? &h.pool : nullptr});
        runner = &over;
        // (Itself, it is cancelled.)
        const haft::batch_result all = over.run_all({call("stops"), call("nothing")});
        REQUIRE(all.answers.size() == 2);
        CHECK(all.problems[0]->code == haft::errc::call_cancelled);
        CHECK(over.is_stopped());
        over.start();
        over.before([&](const running_call&) { CHECK(over.stop(10s)); });
        over.after([&](const running_call&, const haft::call_outcome&) { CHECK(over.stop(10s)); });
        CHECK(over.run(call("nothing")).is_error);
    }
}

TEST_CASE("An executor that lets go of a call unrun has it answered", "[IO-07]") {
    struct careless final : haft::executor {
        void post(std::function<void()>) override {}
    } none;
    haft::call_runner runner(behaviours(), {.on = &none});
    const haft::batch_result all = runner.run_all({call("nothing"), call("nothing")});
    CHECK(texts(all) ==
          std::vector<std::string>(2, "Error: the call was not made: the executor has let go of it [haft-E0210]"));
}
