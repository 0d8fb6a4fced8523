// SPDX-License-Identifier: BSL-1.0
// The rules at work in a runner of calls.
#include "tools.hpp"

#include <haft/registry/registry.hpp>
#include <haft/run/call_runner.hpp>
#include <haft/rules/auto_approved.hpp>
#include <haft/rules/clean_answers.hpp>
#include <haft/rules/confirm_by_hooks.hpp>
#include <haft/rules/result_cache.hpp>
#include <haft/rules/result_store.hpp>
#include <haft/rules/rule_gates.hpp>
#include <haft/tool/checked.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

using reply = haft::permission_reply::kind;

haft::tool_call call(std::string name, std::string arguments = "{}", std::string id = "") {
    return {std::move(id), std::move(name), std::move(arguments)};
}

struct kinds {
    haft::toolset tools;
    int reads = 0, erases = 0;
    kinds() {
        run_test::add_counting(tools, "read", haft::read_only, reads);
        run_test::add_counting(tools, "erase", haft::destructive, erases);
    }
};

/// Answers what it is told to, and counts.
struct person final : haft::approver {
    int asked = 0;
    bool agrees = true;
    std::string why;
    haft::approval ask(const haft::tool& wanted, std::string_view) override {
        ++asked;
        why = wanted.description;
        return {agrees, ""};
    }
};

}  // namespace

TEST_CASE("A policy decides over the calls of a runner", "[EX-12]") {
    kinds k;
    haft::policy p;
    p.whitelist = {"read"};
    haft::policy_guard guard(p);
    haft::call_runner runner(k.tools);
    runner.add_gate(haft::policy_gate(guard));
    CHECK(runner.run(call("read")).text == "none");
    CHECK(runner.run(call("erase")).text == R"(Error: tool "erase" was not called: no rule permits it [haft-E0355])");
    CHECK(runner.run(call("eraze")).text == R"(Error: tool "eraze" does not exist; did you mean "erase"? [haft-E0211])");
    CHECK(k.erases == 0);
    int asked = 0;
    haft::approval_chain chain;
    const auto person = chain.add(0, [&](const haft::tool&, std::string_view) { return ++asked, true; });
    haft::call_runner both(k.tools);
    both.add_gate(haft::approval_gate(chain)).add_gate(haft::policy_gate(guard));
    CHECK(both.run(call("erase")).is_error);
    CHECK(asked == 0);  // who has no say is not asked
}

TEST_CASE("Edited arguments are what the tool is given, and nobody is asked again about them", "[EX-12][fault-149]") {
    kinds k;
    int asked = 0;
    haft::policy p;
    p.otherwise = haft::verdict::ask;
    haft::policy_guard guard(p, [&](const haft::permission_question&) {
        ++asked;
        return haft::permission_reply{reply::edit, R"({"text":"edited"})"};
    });
    haft::call_runner runner(k.tools);
    runner.add_gate(haft::policy_gate(guard));
    CHECK(runner.run(call("erase", R"({"text":"mine"})")).text == "edited");
    CHECK(asked == 1);
}

TEST_CASE("What a later gate puts in place the policy judges again", "[EX-12][fault-149]") {
    kinds k;
    haft::policy p;
    p.whitelist = {"erase(text=\"mine\")"};
    haft::policy_guard guard(p);
    haft::approval_chain chain;
    const auto edits = chain.add(0, [](const haft::tool&, std::string_view) { return haft::confirmation::edit(R"({"text":"theirs"})"); });
    haft::call_runner runner(k.tools);
    runner.add_gate(haft::approval_gate(chain)).add_gate(haft::policy_gate(guard));
    CHECK(runner.run(call("erase", R"({"text":"mine"})")).text.find("haft-E0355") != std::string::npos);
    CHECK(k.erases == 0);
}

TEST_CASE("Hooks of tool_confirm answer in the chain, and one that throws skips the call", "[EX-11]") {
    kinds k;
    haft::hook_set hooks;
    haft::approval_chain chain;
    const auto feeds = haft::confirm_by_hooks(chain, hooks, 5);
    haft::call_runner runner(k.tools);
    runner.add_gate(haft::approval_gate(chain));
    CHECK(runner.run(call("read")).text == "none");  // no hook, nobody: confirmed
    CHECK(runner.run(call("erase")).text.find("there is nobody to confirm it") != std::string::npos);
    {
        const auto hook = hooks.add<haft::tool_confirm>(
            [](const haft::tool_confirm::data& asked) -> std::optional<haft::approval> {
                if (asked.effect != haft::destructive) return std::nullopt;
                return haft::approval{asked.call.arguments == R"({"text":"a"})", "only a"};
            });
        REQUIRE(hook);
        CHECK(runner.run(call("erase", R"({"text":"a"})")).text == "a");
        CHECK(runner.run(call("erase", R"({"text":"b"})")).text == "Error: only a [haft-E0356]");
        CHECK(runner.run(call("read")).text == "none");
    }
    const auto broken = hooks.add<haft::tool_confirm>([](const haft::tool_confirm::data&) -> haft::approval { throw std::runtime_error("gone"); });
    const auto yes = chain.add(0, [](const haft::tool&, std::string_view) { return true; });
    CHECK(runner.run(call("read")).text ==
          "Error: Operation skipped: asking for confirmation failed: gone [haft-E0356]");
    CHECK(k.erases == 1);
}

TEST_CASE("A call that goes in circles is refused, and one after another result is not", "[EX-13]") {
    kinds k;
    haft::call_runner runner(k.tools);
    haft::watch_for_loops(runner);
    for (int i = 0; i < 2; ++i) CHECK_FALSE(runner.run(call("read")).is_error);
    CHECK(runner.run(call("read")).text ==
          "Error: tool \"read\" was not called: this is the same call, with the same arguments, 3 times in a row; try another "
          "way, or say what is missing [haft-E0358]");
    CHECK(k.reads == 2);
    CHECK_FALSE(runner.run(call("read", R"({"text":"b"})")).is_error);

    haft::call_runner stuck(k.tools);
    haft::watch_for_loops(stuck);
    for (const char* const other : {"0", "1", "2"}) {
        CHECK_FALSE(stuck.run(call("read")).is_error);
        CHECK_FALSE(stuck.run(call("read", "{\"text\":\"" + std::string(other) + "\"}")).is_error);
    }
    CHECK(stuck.run(call("read")).text.find("this call has given the same result 3 times") != std::string::npos);
}

TEST_CASE("A tool that keeps failing is called when somebody agrees, until it works again", "[EX-13]") {
    haft::toolset tools;
    bool works = false;
    REQUIRE(tools.add("shaky", {.description = "Fails", .effect = haft::read_only}, [&]() -> haft::result<int> {
        if (works) return 1;
        return haft::error{.message = "no net"};
    }));
    person me;
    haft::runner_options options;
    options.call.asked = &me;
    haft::call_runner runner(tools, options);
    haft::watch_failures(runner);
    for (int i = 0; i < 3; ++i) runner.run(call("shaky"));
    CHECK(me.asked == 0);
    me.agrees = false;
    CHECK(runner.run(call("shaky")).text == "Error: tool \"shaky\" was not called: approval was denied [haft-E0262]");
    CHECK(me.why.find("have failed 3 times of late") != std::string::npos);
    me.agrees = works = true;
    for (int i = 0; i < 4; ++i) runner.run(call("shaky"));
    CHECK(me.asked == 4);  // no, and three yeses

    haft::call_runner alone(tools);
    haft::watch_failures(alone);
    works = false;
    for (int i = 0; i < 3; ++i) alone.run(call("shaky"));
    CHECK(alone.run(call("shaky")).text.find("and there is nobody to give it") != std::string::npos);
}

TEST_CASE("A tool that has to come later is refused until the other has succeeded", "[EX-13]") {
    kinds k;
    haft::call_runner runner(k.tools);
    haft::keep_order(runner, std::make_shared<haft::prerequisites>(std::vector<haft::prerequisite>{{"erase", "read", "text"}}));
    CHECK(runner.run(call("erase", R"({"text":"a"})")).text.find("call \"read\" before, with the same \"text\"") != std::string::npos);
    runner.run(call("read", R"({"text":"a","x":1})"));  // fails
    CHECK(runner.run(call("erase", R"({"text":"a"})")).is_error);
    runner.run(call("read", R"({"text":"a"})"));
    CHECK_FALSE(runner.run(call("erase", R"({"text":"a"})")).is_error);

    bool works = false;
    int uses = 0;
    haft::toolset tools;
    REQUIRE(tools.add("load", {.description = "Loads"}, [&]() -> haft::result<int> {
        if (works) return 1;
        return haft::error{.message = "no file"};
    }));
    run_test::add_counting(tools, "use", haft::additive, uses);
    haft::call_runner loading(tools);
    haft::keep_order(loading, std::make_shared<haft::prerequisites>(std::vector<haft::prerequisite>{{"use", "load"}}));
    CHECK(loading.run(call("load")).is_error);
    CHECK(loading.run(call("use")).is_error);  // it has run, and failed
    works = true;
    CHECK_FALSE(loading.run(call("load")).is_error);
    CHECK_FALSE(loading.run(call("use")).is_error);
}

TEST_CASE("Limits of calls are a gate", "[EX-13]") {
    kinds k;
    haft::toolset tools = k.tools;
    int calls = 0;
    run_test::add_counting(tools, "files.read", haft::read_only, calls);
    haft::call_runner runner(tools);
    runner.add_gate(haft::limits_gate({.strict_names = true}));
    CHECK(runner.run(call("files.read")).text.find("haft-E0357") != std::string::npos);
    CHECK_FALSE(runner.run(call("read")).is_error);
}

TEST_CASE("Private data, untrusted text and a way out are refused together, or approved", "[NX-17]") {
    int n = 0;
    haft::toolset tools;
    run_test::add_counting(tools, "mailbox", haft::read_only, n, haft::private_data);
    run_test::add_counting(tools, "browse", haft::read_only, n, haft::untrusted_input | haft::web);
    CHECK(haft::check_taint(tools));
    run_test::add_counting(tools, "post", haft::additive, n, haft::external_send);
    const haft::result<void> all = haft::check_taint(tools);
    REQUIRE_FALSE(all);
    CHECK(all.error().text() ==
          "these tools together let a text that anybody may have written send private data away: mailbox (private-data), browse "
          "(untrusted-input), post (external-send); take one of the three kinds away, or have somebody approve what is sent "
          "[haft-E0367]");
    CHECK(haft::check_taint(haft::toolset{tools[0], tools[2]}));
    CHECK(haft::selector({"hint:external-send"}).selects(tools[2]));
    CHECK(haft::has_tag(tools[1], "untrusted-input"));

    person me;
    me.agrees = false;
    haft::runner_options options;
    options.call.asked = &me;
    haft::call_runner runner(tools, options);
    haft::watch_taint(runner);
    CHECK_FALSE(runner.run(call("post")).is_error);
    CHECK_FALSE(runner.run(call("mailbox")).is_error);
    CHECK_FALSE(runner.run(call("post")).is_error);
    CHECK_FALSE(runner.run(call("browse")).is_error);
    CHECK(me.asked == 0);
    CHECK(runner.run(call("post")).is_error);
    CHECK(me.why.find("can send something away") != std::string::npos);
    me.agrees = true;
    CHECK_FALSE(runner.run(call("post")).is_error);
    CHECK(me.asked == 2);
}

TEST_CASE("Answers from a cache count as read, and so does what an earlier talk has read", "[NX-17]") {
    int n = 0;
    haft::toolset tools;
    run_test::add_counting(tools, "my.mailbox", haft::read_only, n, haft::private_data | haft::untrusted_input);
    run_test::add_counting(tools, "post", haft::additive, n, haft::external_send);
    run_test::add_counting(tools, "my.clock", haft::read_only, n);
    const auto cache = std::make_shared<haft::result_cache>();
    for (int i = 0; i < 2; ++i) {  // the second one is answered from the cache
        haft::call_runner runner(tools);
        runner.use(haft::caching(cache));
        haft::watch_taint(runner);
        CHECK_FALSE(runner.run(call("my.mailbox")).is_error);
        CHECK(runner.run(call("post")).is_error);
    }
    CHECK(n == 1);

    const auto after = [&](std::string name) {
        std::vector<haft::message> history(2);
        history[0].role = haft::role::user;
        history[1].role = haft::role::tool;
        history[1].answers.push_back({.id = "1", .name = std::move(name), .text = "x"});
        haft::call_runner runner(tools);
        haft::watch_taint(runner, haft::taint_watch_of(tools, history));
        return runner.run(call("post")).is_error;
    };
    CHECK(after("my_mailbox"));
    CHECK(after("my.mailbox"));
    CHECK(after("gone"));  // nobody knows what it gave
    CHECK_FALSE(after("my.clock"));
    CHECK_FALSE(after("my_clock"));
}

TEST_CASE("A whitelist is no answer to taint, to failures and to an author's demand: a person is asked, and told why", "[NX-17][EX-13][NX-08]") {
    int n = 0;
    haft::toolset tools;
    run_test::add_counting(tools, "mail", haft::additive, n, haft::private_data | haft::untrusted_input | haft::external_send);
    REQUIRE(tools.add("shaky", {.description = "Fails"}, []() -> haft::result<int> { return haft::error{.message = "no net"}; }));
    REQUIRE(haft::add_checked(tools, "pay", {.description = "Pays"}, [](const run_test::text_argument& a) { return a.text; },
                              [](const run_test::text_argument&) -> haft::result<void> { return haft::demand_approval("it is much"); }));
    haft::policy p;
    p.whitelist = {"*"};
    std::vector<std::string> told;
    haft::policy_guard guard(p, [&](const haft::permission_question& q) { return told.push_back(q.why), haft::permission_reply{reply::deny}; });
    haft::runner_options options;
    options.call.asked = &guard;
    haft::call_runner runner(tools, options);
    runner.add_gate(haft::policy_gate(guard));
    haft::watch_taint(runner);
    haft::watch_failures(runner);
    CHECK(runner.run(call("mail")).is_error);
    CHECK(n == 0);
    REQUIRE(told.size() == 1);
    CHECK(told[0].find("this can send something away") != std::string::npos);
    for (int i = 0; i < 4; ++i) runner.run(call("shaky"));
    REQUIRE(told.size() == 2);
    CHECK(told[1].find("have failed 3 times of late") != std::string::npos);
    CHECK(runner.run(call("pay")).is_error);
    REQUIRE(told.size() == 3);
    CHECK(told[2] == "it is much");
}

TEST_CASE("A tool of another owner, or another tool, is not approved because its name was", "[EX-12]") {
    int harmless = 0, harm = 0;
    haft::owner a;
    a.name = "a";
    run_test::add_counting(a.tools, "tidy", haft::read_only, harmless);
    a.auto_approved = {"tidy"};
    haft::registry r;
    REQUIRE(r.add_exposed(a));
    haft::policy_guard guard(haft::with_auto_approved({}, *r.snapshot()));
    haft::call_runner runner(r);
    runner.add_gate(haft::policy_gate(guard));
    CHECK_FALSE(runner.run(call("tidy")).is_error);
    CHECK(harmless == 1);
    r.remove("a");
    haft::owner b;
    b.name = "b";
    run_test::add_counting(b.tools, "tidy", haft::destructive, harm);
    REQUIRE(r.add_exposed(b));
    CHECK(runner.run(call("tidy")).is_error);
    CHECK(harm == 0);
    r.remove("b");
    b.name = "a";  // the same owner, with a tool that does something else
    REQUIRE(r.add_exposed(b));
    CHECK(runner.run(call("tidy")).is_error);
    CHECK(harm == 0);
}

TEST_CASE("One tool that is all three wants approval at once", "[NX-17]") {
    int n = 0;
    haft::toolset tools;
    run_test::add_counting(tools, "mail", haft::additive, n, haft::private_data | haft::untrusted_input | haft::external_send);
    CHECK_FALSE(haft::check_taint(tools));
    haft::call_runner runner(tools);
    haft::watch_taint(runner);
    CHECK(runner.run(call("mail")).is_error);
    CHECK(n == 0);
}

TEST_CASE("Retries are counted over a batch, by tool, owner and run", "[NX-07]") {
    int n = 0;
    haft::owner o;
    o.name = "office";
    run_test::add_counting(o.tools, "read", haft::read_only, n);
    haft::registry r;
    REQUIRE(r.add_exposed(o));
    haft::call_runner runner(r);
    haft::retry_budget budget({.run = 0, .sets = {{"office", 2}}});
    const auto one = [&](std::string arguments) {
        haft::batch_result batch = runner.run_all({call("read", std::move(arguments), "1")});
        haft::count_retries(batch, budget, *runner.tools());
        return batch.answers.at(0).text;
    };
    CHECK(one(R"({"text":1})").find("mend the call and make it again (1 more retry is left)") != std::string::npos);
    CHECK(one(R"({"text":1})").find("(0 more retries are left)") != std::string::npos);
    CHECK(one(R"({"text":"a"})") == "a");
    CHECK(one("[]").find("(1 more retry is left)") != std::string::npos);  // it counts anew
    one("[]");
    CHECK(one(R"({"txet":1})").find("may not be called again, it has failed 3 times in a row") != std::string::npos);

    haft::toolset asking;
    REQUIRE(asking.add("date", {.description = "Asks"}, []() -> haft::result<int> { return haft::retry_call("give a year"); }));
    haft::call_runner with_layer(asking);
    with_layer.use(haft::counting_retries(std::make_shared<haft::retry_budget>()));
    CHECK(with_layer.run(call("date")).text == "Error: give a year; mend the call and make it again (0 more retries are left) [haft-E0360]");
    CHECK(with_layer.run(call("date")).text.find("haft-E0361") != std::string::npos);
}

TEST_CASE("A check refuses before a policy asks anybody, and may demand approval in a runner", "[NX-08]") {
    haft::toolset tools;
    REQUIRE(haft::add_checked(tools, "erase", {.description = "Erases", .effect = haft::destructive},
                              [](const run_test::text_argument& a) { return a.text; },
                              [](const run_test::text_argument& a) -> haft::result<void> {
                                  if (a.text == "all") return haft::error{.message = "not all"};
                                  if (a.text == "much") return haft::demand_approval("much");
                                  return {};
                              }));
    int asked = 0;
    haft::policy p;
    p.otherwise = haft::verdict::ask;
    haft::policy_guard guard(p, [&](const haft::permission_question&) { return ++asked, haft::permission_reply{reply::once}; });
    person me;
    haft::runner_options options;
    options.call.asked = &me;
    haft::call_runner runner(tools, options);
    runner.add_gate(haft::policy_gate(guard));
    CHECK(runner.run(call("erase", R"({"text":"all"})")).text == "Error: not all [haft-E0364]");
    CHECK(asked == 0);
    CHECK(runner.run(call("erase", R"({"text":"much"})")).text == "much");
    CHECK(asked == 1);
    CHECK(me.asked == 1);
}

TEST_CASE("Answers are cleaned for a model: errors short and without secrets, results cut", "[EX-13]") {
    haft::toolset tools;
    REQUIRE(tools.add("fail", {.description = "Fails"}, []() -> haft::result<int> {
        return haft::error{.message = "can't open /home" "/alice/x with password=hunter2 " + std::string(900, 'y')};
    }));
    REQUIRE(tools.add("long", {.description = "Long"}, [] { return std::string(9000, 'z'); }));
    haft::call_runner runner(tools);
    haft::batch_result batch = runner.run_all({call("fail", "{}", "1"), call("long", "{}", "2")});
    haft::clean_answers(batch);
    CHECK(batch.answers[0].text.starts_with("Error: can't open ~/x with password=[redacted] yyy"));
    CHECK(batch.answers[0].text.size() <= 500);
    CHECK(batch.answers[1].text.starts_with(std::string(8000, 'z') + "\n[cut: 1000 of 9000"));

    haft::tool_answer json{.id = "3", .name = "list", .text = "[" + std::string(9000, '1') + "]", .is_json = true};
    haft::tool_answer stored = json;
    haft::clean_answer(json);
    CHECK_FALSE(json.is_json);  // a part of JSON is none
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("haft-clean-answers-" + std::to_string(::getpid()));
    haft::result_store store(folder);
    haft::clean_answer(stored, {}, &store);
    CHECK(stored.text.find("2000 of 9002 characters; all of them are in ") != std::string::npos);
    std::filesystem::remove_all(folder);
}
