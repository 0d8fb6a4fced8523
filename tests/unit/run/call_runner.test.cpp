// SPDX-License-Identifier: BSL-1.0
// One call through its stations, on one thread: ids, callbacks, gates, arguments that somebody changes, errors as answers.
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <new>
#include <set>
#include <string>
#include <vector>

using namespace run_test;
using haft::call_verdict;
using haft::running_call;

TEST_CASE("A call is answered under its id; one without an id is given one, each greater than the last", "[EX-09]") {
    haft::call_runner runner(behaviours());
    const haft::tool_answer own = runner.run(call("echo", R"({"text":"hello"})", "call_7"));
    CHECK(own.id == "call_7");
    CHECK(own.name == "echo");
    CHECK(own.text == "hello");
    CHECK_FALSE(own.is_error);
    std::string before = "tc_";
    for (int i = 0; i < 100; ++i) {
        const std::string id = runner.run(call("nothing")).id;
        CHECK(id.size() == 29);
        CHECK(id.starts_with("tc_"));
        CHECK(id > before);
        before = id;
    }
}

TEST_CASE("Ids grow within one millisecond and when the clock goes back; their digits are Crockford's", "[EX-09]") {
    haft::ulid_source ids;
    CHECK(ids.next(1469918176385, 0, 0) == "01ARYZ6S410000000000000000");
    CHECK(ids.next(1469918176385, 9, 9) == "01ARYZ6S410000000000000001");
    CHECK(ids.next(1469918176384, 9, 9) == "01ARYZ6S410000000000000002");
    CHECK(ids.next(1469918176386, 0xFFFF, 0xFFFFFFFFFFFFFFFF) == "01ARYZ6S42ZZZZZZZZZZZZZZZZ");
    CHECK(ids.next(0, 0, 0) == "01ARYZ6S430000000000000000");  // beyond the last of a millisecond
}

TEST_CASE("A tool that does not exist is an answer that names the nearest; a before-call sees no tool", "[EX-02]") {
    haft::call_runner runner(behaviours());
    int calls = 0;
    runner.before([&](const running_call& c) {
        ++calls;
        CHECK(c.tool == nullptr);
        CHECK(c.call.name == "ecko");
    });
    const haft::tool_answer a = runner.run(call("ecko", "{}", "1"));
    CHECK(calls == 1);
    CHECK(a.id == "1");
    CHECK(a.is_error);
    CHECK(a.text == R"(Error: tool "ecko" does not exist; did you mean "echo"? [haft-E0211])");
}

TEST_CASE("Both spellings of a name find the tool", "[IO-07]") {
    haft::toolset dotted;
    dotted.add("notes.read", "Reads", [](const no_args&) { return 1; });
    haft::call_runner runner(dotted);
    CHECK(runner.run(call("notes.read")).text == "1");
    CHECK(runner.run(call("notes_read")).text == "1");
}

TEST_CASE("A before-call runs for every call; one that it cancels says so, and the others go on", "[EX-02]") {
    haft::call_runner runner(behaviours());
    std::vector<std::string> seen;
    runner.before([&](const running_call& c) -> call_verdict {
        seen.push_back(c.call.name);
        if (c.arguments == R"({"text":"secret"})") return call_verdict::cancel("not that");
        return {};
    });
    runner.before([&](const running_call& c) {
        if (c.arguments == R"({"text":"worse"})") throw haft::call_cancelled("nor that");
    });
    const haft::batch_result all =
        runner.run_all({call("echo", R"({"text":"a"})"), call("echo", R"({"text":"secret"})"), call("nowhere"),
                        call("echo", R"({"text":"worse"})"), call("echo", R"({"text":"b"})")});
    CHECK(seen == std::vector<std::string>{"echo", "echo", "nowhere", "echo", "echo"});
    REQUIRE(all.answers.size() == 5);
    CHECK(all.answers[0].text == "a");
    CHECK(all.answers[1].text == "Cancelled: not that");
    CHECK(all.answers[1].is_error);
    CHECK(all.problems[1]->code == haft::errc::call_vetoed);
    CHECK(all.answers[2].is_error);
    CHECK(all.answers[3].text == "Cancelled: nor that");
    CHECK(all.answers[4].text == "b");
}

TEST_CASE("A before-call may put other arguments in place, which the tool then checks", "[EX-02][fault-149]") {
    haft::call_runner runner(behaviours());
    std::string with;
    runner.before([&](const running_call&) { return call_verdict::replace(with); });
    with = R"({"text":"other"})";
    CHECK(runner.run(call("echo", R"({"text":"mine"})")).text == "other");
    with = R"({"txet":"other"})";
    const haft::tool_answer a = runner.run(call("echo", R"({"text":"mine"})"));
    CHECK(a.is_error);
    CHECK(a.text.find("did you mean \"text\"?") != std::string::npos);
}

TEST_CASE("A before-call that throws anything else is a bug: it comes through, after the siblings, with all answers",
          "[EX-02][EX-06]") {
    haft::call_runner runner(behaviours());
    runner.before([](const running_call& c) {
        if (c.arguments.find("first") != std::string::npos) throw std::logic_error("first bug");
        if (c.arguments.find("second") != std::string::npos) throw std::logic_error("second bug");
    });
    try {
        static_cast<void>(runner.run_all({call("echo", R"({"text":"a"})"), call("echo", R"({"text":"first"})"),
                                          call("echo", R"({"text":"second"})"), call("echo", R"({"text":"b"})")}));
        FAIL("nothing was thrown");
    } catch (const haft::run_failed& e) {
        CHECK(std::string(e.what()).find("first bug") != std::string::npos);
        REQUIRE(e.batch.answers.size() == 4);
        CHECK(e.batch.answers[0].text == "a");
        CHECK(e.batch.answers[1].text ==
              "Error: the call was not made: what looks at calls before has failed: first bug [haft-E0353]");
        CHECK(e.batch.answers[3].text == "b");
        CHECK_THROWS_AS(std::rethrow_exception(e.cause), std::logic_error);
    }
}

TEST_CASE("An after-call hears of each call that was executed, once, however it ended", "[EX-03][fault-153]") {
    haft::call_runner runner(behaviours());
    std::vector<std::string> heard;
    runner.after([&](const running_call& c, const haft::call_outcome& o) {
        heard.push_back(c.call.name + (o.failed() ? " failed" : " " + o.text));
    });
    runner.before(
        [](const running_call& c) { return c.call.id == "no" ? call_verdict::cancel("no") : call_verdict::proceed(); });
    const haft::batch_result all =
        runner.run_all({call("echo", R"({"text":"a"})"), call("fails"), call("fails_oddly"), call("pauses"),
                        call("says_pause"), call("nowhere"), call("nothing", "{}", "no"), call("nothing")});
    CHECK(heard == std::vector<std::string>{"echo a", "fails failed", "fails_oddly failed", "nothing null"});
    CHECK(all.answers.size() == 6);
    CHECK(all.paused.size() == 2);
}

TEST_CASE("What an after-call throws is a bug and comes through", "[EX-03]") {
    haft::call_runner runner(behaviours());
    runner.after([](const running_call&, const haft::call_outcome&) { throw std::logic_error("mine"); });
    try {
        static_cast<void>(runner.run_all({call("echo", R"({"text":"a"})")}));
        FAIL("nothing was thrown");
    } catch (const haft::run_failed& e) {
        CHECK(e.batch.answers.at(0).text == "a");
        CHECK_THROWS_AS(std::rethrow_exception(e.cause), std::logic_error);
    }
}

TEST_CASE("Whatever a tool throws is its answer", "[fault-61][fault-62][fault-63][fault-64]") {
    struct bad_text : std::exception {
        const char* what() const noexcept override { return "\xFF\x01 odd"; }
    };
    haft::toolset tools = behaviours();
    tools.add("no_memory", "Throws", [](const no_args&) -> int { throw std::bad_alloc(); });
    tools.add("odd_text", "Throws", [](const no_args&) -> int { throw bad_text(); });
    haft::call_runner runner(tools);
    CHECK(runner.run(call("fails")).text == "Error: broken [haft-E0210]");
    CHECK(runner.run(call("fails_oddly")).text == "Error: an exception that is no std::exception [haft-E0210]");
    CHECK(runner.run(call("no_memory")).text == "Error: out of memory [haft-E0210]");
    CHECK(runner.run(call("odd_text")).text == "Error: \xEF\xBF\xBD\xEF\xBF\xBD odd [haft-E0210]");
    const haft::batch_result all = runner.run_all({call("fails")});
    CHECK_THROWS_AS(std::rethrow_exception(all.problems.at(0)->cause), std::runtime_error);
    CHECK(runner.run(call("echo", R"({"text":"still here"})")).text == "still here");
}

TEST_CASE("A call that pauses is kept apart from the answers; asked for alone, it is an error that says so",
          "[EX-08]") {
    haft::call_runner runner(behaviours());
    const haft::batch_result all = runner.run_all({call("pauses", "{}", "1"), call("says_pause", "{}", "2")});
    CHECK(all.answers.empty());
    REQUIRE(all.paused.size() == 2);
    CHECK(all.paused[0].call.id == "1");
    CHECK(all.paused[0].reason == "waits for Anna");
    CHECK(all.paused[1].reason == "waits for Bob");
    const haft::tool_answer alone = runner.run(call("pauses", "{}", "1"));
    CHECK(alone.id == "1");
    CHECK(alone.text == "Error: waits for Anna [haft-E0340]");
}

TEST_CASE("Gates go by their stages; each sees a tool that exists and arguments that it takes", "[NX-09]") {
    haft::call_runner runner(behaviours());
    std::vector<std::string> order;
    const auto note = [&](const char* name) {
        return [&order, name](const running_call& c) {
            CHECK(c.tool != nullptr);
            order.push_back(name);
        };
    };
    runner.add_gate("ask", haft::gate_stage::approval, note("ask"))
        .add_gate("policy", haft::gate_stage::policy, note("policy"))
        .add_gate("check", haft::gate_stage::check, note("check"))
        .add_gate("check 2", haft::gate_stage::check, note("check 2"))
        .add_gate("limit", haft::gate_stage::limit, note("limit"));
    CHECK_FALSE(runner.run(call("echo", R"({"text":"a"})")).is_error);
    CHECK(order == std::vector<std::string>{"check", "check 2", "limit", "policy", "ask"});
    order.clear();
    CHECK(runner.run(call("echo", "[]")).is_error);
    CHECK(runner.run(call("nowhere")).is_error);
    CHECK(order.empty());
}

TEST_CASE("A gate refuses, answers, pauses; one that fails stays shut", "[EX-08][IO-07]") {
    haft::call_runner runner(behaviours());
    int executed = 0;
    runner.after([&](const running_call&, const haft::call_outcome&) { ++executed; });
    runner.add_gate("all", haft::gate_stage::policy, [](const running_call& c) -> call_verdict {
        if (c.call.id == "refuse") return call_verdict::refuse({haft::errc::not_approved, "no"});
        if (c.call.id == "answer") return call_verdict::answer("Operation skipped");
        if (c.call.id == "pause") return call_verdict::pause("ask Anna");
        if (c.call.id == "throw") throw std::runtime_error("policy server is away");
        if (c.call.id == "throw pause") throw haft::call_paused("ask Bob");
        return {};
    });
    std::vector<haft::tool_call> calls;
    for (const char* id : {"refuse", "answer", "pause", "throw", "throw pause", "go"})
        calls.push_back(call("echo", R"({"text":"a"})", id));
    const haft::batch_result all = runner.run_all(calls);
    CHECK(texts(all) ==
          std::vector<std::string>{
              "Error: no [haft-E0262]", "Operation skipped",
              "Error: the call was not made: the gate \"all\" has failed: policy server is away [haft-E0262]", "a"});
    CHECK_FALSE(all.answers[1].is_error);
    REQUIRE(all.paused.size() == 2);
    CHECK(all.paused[0].reason == "ask Anna");
    CHECK(all.paused[1].call.id == "throw pause");
    CHECK(executed == 1);
}

TEST_CASE("Arguments that a gate changes are looked at by the tool and by the other gates again", "[fault-149]") {
    haft::call_runner runner(behaviours());
    std::string edited = R"({"text":"edited"})";
    std::vector<std::string> policy_saw;
    int asked = 0;
    runner.add_gate("policy", haft::gate_stage::policy, [&](const running_call& c) -> call_verdict {
        policy_saw.push_back(c.arguments);
        if (c.arguments.find("forbidden") != std::string::npos)
            return call_verdict::refuse({haft::errc::not_approved, "forbidden"});
        return {};
    });
    runner.add_gate("person", haft::gate_stage::approval, [&](const running_call&) {
        ++asked;
        return call_verdict::replace(edited);
    });
    CHECK(runner.run(call("echo", R"({"text":"mine"})")).text == "edited");
    CHECK(policy_saw == std::vector<std::string>{R"({"text":"mine"})", edited});
    CHECK(asked == 1);
    edited = R"({"text":"forbidden"})";
    CHECK(runner.run(call("echo", R"({"text":"mine"})")).text == "Error: forbidden [haft-E0262]");
    edited = "{}";  // the policy is not even asked about that
    CHECK(runner.run(call("echo", R"({"text":"mine"})")).text.find("haft-E0204") != std::string::npos);
    CHECK(policy_saw.back() == R"({"text":"mine"})");
}

TEST_CASE("Two gates that change the arguments for ever are stopped", "[fault-149]") {
    haft::call_runner runner(behaviours());
    for (const char* name : {"a", "b"})
        runner.add_gate(name, haft::gate_stage::policy, [name](const running_call& c) {
            return call_verdict::replace(R"({"text":")" + std::string(name) + std::to_string(c.arguments.size()) +
                                         std::string(c.arguments.size() % 7, '!') + "\"}");
        });
    const haft::tool_answer a = runner.run(call("echo", R"({"text":"mine"})"));
    CHECK(a.text.find("changed more than 8 times") != std::string::npos);
}

TEST_CASE("A runner over a registry finds what is served at the moment of the batch", "[IO-07]") {
    haft::registry registry;
    haft::call_runner runner(registry);
    CHECK(runner.run(call("late")).is_error);
    REQUIRE(registry.add_tool("late", "Comes late", [](const no_args&) { return 1; }));
    const haft::catalog* seen = nullptr;
    runner.before([&](const running_call& c) { seen = c.served; });
    CHECK(runner.run(call("late")).text == "1");
    CHECK(seen == registry.snapshot().get());
    REQUIRE(registry.disable_tool("late"));
    CHECK(runner.run(call("late")).text.find("haft-E0275") != std::string::npos);
}
