// SPDX-License-Identifier: BSL-1.0
// Layers around calls, those that come ready-made, and hooks that take part.
#include <haft/registry/registry.hpp>
#include <haft/run/call_hooks.hpp>
#include <haft/run/rate_limit.hpp>
#include <haft/run/response_layers.hpp>
#include <haft/run/timing.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cfenv>
#include <chrono>
#include <clocale>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

using namespace run_test;
using namespace std::chrono_literals;
using haft::call_outcome;
using haft::next_call;
using haft::running_call;

TEST_CASE("Layers are an onion: the first is the outermost", "[NX-09]") {
    haft::call_runner runner(behaviours());
    std::vector<std::string> order;
    for (const char* const name : {"outer", "inner"})
        runner.use([&order, name](const running_call&, const next_call& next) {
            order.push_back(std::string(name) + " before");
            call_outcome out = next();
            order.push_back(std::string(name) + " after");
            out.text += std::string(" ") + name;
            return out;
        });
    CHECK(runner.run(call("echo", R"({"text":"a"})")).text == "a inner outer");
    CHECK(order == std::vector<std::string>{"outer before", "inner before", "inner after", "outer after"});
}

TEST_CASE("A layer may answer itself, go on twice, or fail", "[NX-09]") {
    haft::toolset tools;
    int calls = 0;
    tools.add("count", "Counts", [&](const no_args&) { return ++calls; });
    haft::call_runner runner(tools);
    std::string mode;
    runner.use([&](const running_call&, const next_call& next) -> call_outcome {
        if (mode == "throw") throw std::runtime_error("layer broke");
        if (mode == "pause") throw haft::call_paused("later");
        if (mode == "answer") return call_outcome{.text = "7", .is_json = true};
        if (mode == "twice") static_cast<void>(next());
        return next();
    });
    mode = "answer";
    CHECK(runner.run(call("count")).text == "7");
    CHECK(calls == 0);
    mode = "twice";
    CHECK(runner.run(call("count")).text == "2");
    mode = "throw";
    CHECK(runner.run(call("count")).text == "Error: layer broke [haft-E0210]");
    mode = "pause";
    CHECK(runner.run_all({call("count")}).paused.size() == 1);
}

TEST_CASE("A result that a layer has changed is held against the tool's output schema", "[fault-150]") {
    haft::toolset tools;
    tools.add("number", "Gives a number", [](const no_args&) { return 1; });
    haft::call_runner runner(tools);
    std::string instead;
    runner.use([&](const running_call&, const next_call& next) {
        call_outcome out = next();
        out.text = instead;
        return out;
    });
    instead = "2";
    CHECK(runner.run(call("number")).text == "2");
    instead = "\"two\"";
    const haft::tool_answer a = runner.run(call("number"));
    CHECK(a.is_error);
    CHECK(runner.run_all({call("number")}).problems.at(0)->code == haft::errc::result_changed);  // haft-E0354
    CHECK(a.text.find("does not fit its output schema any more") != std::string::npos);
    CHECK(a.text.find("expected integer") != std::string::npos);
}

TEST_CASE("Timing tells how long a call took", "[NX-09]") {
    haft::call_runner runner(behaviours());
    auto now = std::chrono::steady_clock::time_point{};
    std::vector<std::string> told;
    runner.use(haft::layers::timing(
        [&](const running_call& c, const call_outcome& o, std::chrono::nanoseconds took) {
            told.push_back(std::string(c.tool->name) + (o.failed() ? " failed " : " ") + std::to_string(took.count()));
        },
        [&] { return now += 5ns; }));
    runner.run_all({call("nothing"), call("fails")});
    CHECK(told == std::vector<std::string>{"nothing 5", "fails failed 5"});
}

TEST_CASE("Logging gives two lines for a call", "[NX-09]") {
    haft::call_runner runner(behaviours());
    std::vector<std::string> lines;
    runner.use(haft::layers::logging([&](std::string_view line) { lines.emplace_back(line); }, 15));
    runner.run_all({call("echo", R"({"text":"hello"})", "1"), call("fails", "{}", "2")});
    CHECK(lines == std::vector<std::string>{R"(1 echo {"text":"hello"…)", "1 echo: 5 bytes", "2 fails {}",
                                            "2 fails: broken [haft-E0210]"});
    lines.clear();
    haft::toolset tools;
    tools.add("one", "A picture", [](const no_args&) { return haft::output<int>{7, {haft::image{"a"}}}; });
    tools.add("two", "Pictures", [](const no_args&) { return haft::output<int>{12, {haft::image{"a"}, haft::image{"b"}}}; });
    haft::call_runner of_pictures(tools);
    of_pictures.use(haft::layers::logging([&](std::string_view line) { lines.emplace_back(line); }));
    of_pictures.run_all({call("one", "{}", "1"), call("two", "{}", "2")});
    CHECK(lines == std::vector<std::string>{"1 one {}", "1 one: 1 bytes and 1 attachment", "2 two {}",
                                            "2 two: 2 bytes and 2 attachments"});
}

TEST_CASE("A rate limit is a bucket of tokens", "[NX-09]") {
    auto now = std::chrono::steady_clock::time_point{};
    for (const bool per_tool : {false, true}) {
        haft::call_runner runner(behaviours());
        runner.use(haft::layers::rate_limit({.per_second = 2, .burst = 2, .per_tool = per_tool}, [&] { return now; }));
        const auto passes = [&](const char* name = "nothing") { return !runner.run(call(name)).is_error; };
        CHECK((passes() && passes()));
        CHECK(runner.run(call("nothing")).text ==
              (per_tool ? R"(Error: tool "nothing" is called too often; try again in 500 ms [haft-E0351])"
                        : "Error: tools are called too often; try again in 500 ms [haft-E0351]"));
        CHECK((runner.run(call("echo", R"({"text":"a"})")).is_error) == !per_tool);
        now += 500ms;
        CHECK(passes());
        CHECK_FALSE(passes());
        now += 1h;
        CHECK((passes() && passes() && !passes()));
    }
}

TEST_CASE("Results that are too long are cut, or refused where they are JSON", "[NX-09]") {
    haft::toolset tools = behaviours();
    tools.add("list", "A list", [](const no_args&) { return std::vector<int>{1, 2, 3, 4}; });
    haft::call_runner runner(tools);
    runner.use(haft::layers::response_size(5));
    CHECK(runner.run(call("echo", R"({"text":"short"})")).text == "short");
    CHECK(runner.run(call("echo", R"({"text":"1234öö"})")).text == "1234\n[cut: 4 of 8 bytes]");
    CHECK(runner.run(call("list")).text.find("haft-E0208") != std::string::npos);
}

TEST_CASE("Errors are mapped, but not a pause", "[NX-09]") {
    haft::call_runner runner(behaviours());
    runner.use(haft::layers::map_errors([](const running_call&, haft::error e) {
        e.message = "sorry: " + e.message;
        return e;
    }));
    CHECK(runner.run(call("fails")).text == "Error: sorry: broken [haft-E0210]");
    CHECK(runner.run_all({call("pauses")}).paused.at(0).reason == "waits for Anna");
}

TEST_CASE("tool_pre_execute vetoes a call or puts other arguments in place, which are checked", "[fault-149][HK-10]") {
    haft::hook_set hooks;
    haft::call_runner runner(behaviours());
    const haft::message_log talk = std::make_shared<std::vector<haft::message>>();
    haft::fire_hooks(runner, hooks, {.workspace = "/src", .log = [&] { return talk; }});
    haft::hook_reply says;
    std::string seen;
    std::vector<haft::message_log> logs;
    const auto handle = hooks.add<haft::tool_pre_execute>([&](const haft::tool_pre_execute::data& d) {
        seen = d.tool + " " + d.call.arguments + " " + d.workspace;
        logs.push_back(d.log);
        return says;
    });
    const auto behind =
        hooks.add<haft::tool_post_execute>([&](const haft::tool_post_execute::data& d) { logs.push_back(d.log); });
    REQUIRE(handle);
    CHECK(runner.run(call("echo", R"({"text":"a"})")).text == "a");
    CHECK(seen == R"(echo {"text":"a"} /src)");
    CHECK(logs == std::vector<haft::message_log>{talk, talk});
    says = haft::veto("not on Sundays");
    CHECK(runner.run(call("echo", R"({"text":"a"})")).text == "Cancelled: not on Sundays");
    says = haft::replace_arguments(R"({"text":"other"})");
    CHECK(runner.run(call("echo", R"({"text":"a"})")).text == "other");
    says = haft::replace_arguments(R"({"text":7})");
    CHECK(runner.run(call("echo", R"({"text":"a"})")).text.find("haft-E0202") != std::string::npos);
    seen = "";
    CHECK(runner.run(call("nowhere")).is_error);
    CHECK(seen.empty());
}

TEST_CASE("Hooks see the arguments that the tool is given, in one spelling, which no escape can hide from them",
          "[fault-149]") {
    haft::hook_set hooks;
    haft::registry registry;
    haft::owner mine{.name = "mine"};
    struct text_only {
        std::string text;
    };
    mine.tools.add("keep", "Keeps a text", [](const text_only& t) { return t.text; });
    REQUIRE(registry.add_exposed(mine));
    haft::call_runner runner(registry);
    runner.before([](const haft::running_call& c) {
        return c.arguments.find("mine") == c.arguments.npos ? haft::call_verdict{}
                                                            : haft::call_verdict::replace(R"({"text":"other"})");
    });
    haft::fire_hooks(runner, hooks);
    std::vector<std::string> seen;
    const auto before = hooks.add<haft::tool_pre_execute>(
        [&](const haft::tool_pre_execute::data& d) { seen.push_back("pre " + d.call.arguments); });
    const auto behind = hooks.add<haft::tool_post_execute>(
        [&](const haft::tool_post_execute::data& d) { seen.push_back("post " + d.call.arguments); });
    CHECK(runner.run({"c1", "keep", R"({ "text": "pass\u0077ord" })"}).text == "password");
    CHECK(runner.run({"c2", "keep", R"({"text":"mine"})"}).text == "other");
    CHECK(seen == std::vector<std::string>{R"(pre {"text":"password"})", R"(post {"text":"password"})",
                                           R"(pre {"text":"other"})", R"(post {"text":"other"})"});
}

TEST_CASE("A change of a result that would have the call wait is refused: resumed, it would run again", "[EX-08]") {
    int runs = 0;
    haft::toolset tools;
    tools.add("once", "Runs once", [&](const no_args&) { return ++runs; });
    haft::call_runner runner(tools);
    runner.change([](const haft::running_call&, haft::call_outcome& out) { out.problem = haft::paused("later"); });
    const haft::batch_result all = runner.run_all({{"c1", "once", "{}"}});
    CHECK(all.paused.empty());
    REQUIRE(all.answers.size() == 1);
    CHECK(all.answers[0].text.find("possible only before it runs") != std::string::npos);
    CHECK(runs == 1);
}

TEST_CASE("A function of the host's that throws while calls are prepared is a bug that loses no other call",
          "[EX-03][IO-07]") {
    haft::toolset tools;
    int runs = 0;
    tools.add("fine", "Runs", [&](const no_args&) { return ++runs; });
    tools.add("odd", "Is odd", [&](const no_args&) { return ++runs; });
    for (const bool of_time : {true, false}) {
        runs = 0;
        haft::runner_options options;
        const auto throws_for_odd = [](const haft::tool& t) {
            if (t.name == "odd") throw std::runtime_error("no idea");
        };
        if (of_time)
            options.time_out_of = [=](const haft::tool& t) { return throws_for_odd(t), std::chrono::milliseconds(0); };
        else options.sequential = [=](const haft::tool& t) { return throws_for_odd(t), false; };
        haft::call_runner runner(tools, options);
        try {
            runner.run_all({{"c1", "fine", "{}"}, {"c2", "odd", "{}"}, {"c3", "fine", "{}"}});
            FAIL("nothing was thrown");
        } catch (const haft::run_failed& failed) {
            REQUIRE(failed.batch.answers.size() == 3);
            CHECK_FALSE(failed.batch.answers[0].is_error);
            CHECK(failed.batch.answers[1].text.find("no idea") != std::string::npos);
            CHECK_FALSE(failed.batch.answers[2].is_error);
            CHECK(runs == 2);
        }
    }
}

TEST_CASE("The options' own stop ends calls as well as that of a batch", "[fault-67]") {
    haft::stop_source stop;
    haft::toolset tools;
    tools.add("fine", "Runs", [](const no_args&) { return 1; });
    haft::runner_options options;
    options.call.stop = stop.token();
    haft::call_runner runner(tools, options);
    CHECK_FALSE(runner.run({"c1", "fine", "{}"}).is_error);
    stop.request_stop();
    CHECK(runner.run({"c2", "fine", "{}"}).text.find("cancelled") != std::string::npos);
}

TEST_CASE("A hook that wants another tool is refused", "[fault-149]") {
    haft::hook_set hooks;
    haft::call_runner runner(behaviours());
    haft::fire_hooks(runner, hooks);
    const auto handle = hooks.add<haft::tool_pre_execute>([](const haft::tool_pre_execute::data& d) {
        const_cast<haft::tool_pre_execute::data&>(d).call.name = "fails";  // what no honest hook does
    });
    REQUIRE(handle);
    CHECK(runner.run(call("nothing")).text ==
          "Error: the call was not made: a hook wants another tool instead of \"nothing\", which no hook may "
          "[haft-E0352]");
}

TEST_CASE("tool_post_execute comes once for each executed call, tool_error before it; another result is checked",
          "[fault-150][fault-153][HK-10]") {
    haft::hook_set hooks;
    haft::registry registry;
    haft::owner mine{.name = "mine"};
    mine.tools = behaviours();
    mine.tools.add("number", "Gives a number", [](const no_args&) { return 1; });
    REQUIRE(mine.tools.add("any", "Gives any JSON", [](const no_args&) { return haft::json_text{"{}"}; }));
    REQUIRE(registry.add_exposed(mine));
    haft::call_runner runner(registry);
    haft::fire_hooks(runner, hooks);
    std::vector<std::string> events;
    haft::hook_reply says;
    const auto post = hooks.add<haft::tool_post_execute>([&](const haft::tool_post_execute::data& d) {
        events.push_back("post " + d.owner + " " + d.tool + ": " + d.result.text);
        return says;
    });
    const auto error = hooks.add<haft::tool_error>(
        [&](const haft::tool_error::data& d) { events.push_back("error " + d.tool + ": " + d.error.message); });
    REQUIRE((post && error));
    const haft::batch_result all = runner.run_all({call("number"), call("fails"), call("pauses"), call("nowhere")});
    CHECK(all.answers.size() == 3);
    CHECK(events == std::vector<std::string>{"post mine number: 1", "error fails: broken",
                                             "post mine fails: Error: broken [haft-E0210]"});
    says = haft::replace_result("2");
    CHECK(runner.run(call("number")).text == "2");
    CHECK(runner.run(call("fails")).text == "Error: 2 [haft-E0210]");
    says = haft::replace_result("[]");
    CHECK(runner.run(call("number")).text.find("does not fit its output schema") != std::string::npos);
    CHECK(runner.run(call("any")).is_json);
    says = haft::replace_result("no JSON");
    const haft::tool_answer words = runner.run(call("any"));
    CHECK(words.text == "no JSON");
    CHECK_FALSE(words.is_json);
}

TEST_CASE("What hooks have to say, and that the session ends, stands in the result of the batch", "[HK-10]") {
    haft::hook_set hooks;
    haft::call_runner runner(behaviours());
    haft::fire_hooks(runner, hooks);
    const auto pre = hooks.add<haft::tool_pre_execute>([](const haft::tool_pre_execute::data& d) -> haft::hook_reply {
        if (d.call.id == "2") throw haft::session_complete("all done");
        return haft::message{.text = "before " + d.call.id};
    });
    REQUIRE(pre);
    const haft::batch_result all =
        runner.run_all({call("nothing", "{}", "1"), call("nothing", "{}", "2"), call("nothing", "{}", "3")});
    CHECK(all.answers.size() == 3);
    CHECK(all.session_ends == "all done");
    REQUIRE(all.messages.size() == 2);
    CHECK(all.messages[0].text == "before 1");
    CHECK(all.messages[1].text == "before 3");
}

TEST_CASE("What a tool leaves otherwise than it was is told, with its name, and put back where that is wanted",
          "[fault-77]") {
    haft::toolset tools;
    const auto here = std::filesystem::current_path();
    tools.add("moves", "Changes the directory", [](const no_args&) { std::filesystem::current_path("/"); });
    tools.add("masks", "Changes the umask", [](const no_args&) { ::umask(07); });
    tools.add("blocks", "Blocks a signal", [](const no_args&) {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGUSR1);
        pthread_sigmask(SIG_BLOCK, &set, nullptr);
    });
    tools.add("rounds", "Changes the rounding", [](const no_args&) { std::fesetround(FE_UPWARD); });
    tools.add("speaks", "Changes the locale", [](const no_args&) { std::setlocale(LC_NUMERIC, "C.UTF-8"); });
    const locale_t another = ::newlocale(LC_ALL_MASK, "C", locale_t{});
    tools.add("whispers", "Changes the thread's locale", [another](const no_args&) { ::uselocale(another); });
    tools.add("good", "Leaves all as it was", [](const no_args&) { return 1.0 / 3; });
    std::vector<std::string> told;
    const auto tell = [&](const haft::error& e) { told.push_back(e.text()); };
    haft::call_runner runner(tools, {.check_environment = haft::environment_check::restore, .tell = tell});
    for (const char* const name : {"moves", "masks", "blocks", "rounds", "speaks", "whispers", "good"})
        CHECK_FALSE(runner.run(call(name)).is_error);
    const auto text = [](const std::string& tool, const std::string& what) {
        return "while tool \"" + tool + "\" ran, the process's " + what + " changed; it was put back [haft-E0347]";
    };
    CHECK(told == std::vector<std::string>{text("moves", "working directory"), text("masks", "umask"),
                                           text("blocks", "signal mask"), text("rounds", "floating-point mode"),
                                           text("speaks", "locale"), text("whispers", "locale of the thread")});
    CHECK(std::filesystem::current_path() == here);
    CHECK(std::fegetround() == FE_TONEAREST);
    CHECK(std::string(std::setlocale(LC_ALL, nullptr)) == "C");
    CHECK(::uselocale(locale_t{}) == LC_GLOBAL_LOCALE);
    ::freelocale(another);
    const mode_t mask = ::umask(0);
    ::umask(mask);
    CHECK(mask != 07);
    sigset_t blocked;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    CHECK(::sigismember(&blocked, SIGUSR1) == 0);
    told.clear();
    haft::call_runner reports(tools, {.check_environment = haft::environment_check::report, .tell = tell});
    static_cast<void>(reports.run(call("rounds")));
    CHECK(told.size() == 1);
    CHECK(std::fegetround() == FE_UPWARD);
    std::fesetround(FE_TONEAREST);
    haft::call_runner silent(tools, {.tell = tell});
    static_cast<void>(silent.run(call("rounds")));
    std::fesetround(FE_TONEAREST);
    CHECK(told.size() == 1);
}
