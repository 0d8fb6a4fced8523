// SPDX-License-Identifier: BSL-1.0
// Results that are kept, shared, written down and given again.
#include "tools.hpp"

#include <haft/rules/audit_log.hpp>
#include <haft/run/call_runner.hpp>
#include <haft/rules/equal_calls.hpp>
#include <haft/rules/recorder.hpp>
#include <haft/rules/result_cache.hpp>
#include <haft/run/object_providers.hpp>
#include <haft/run/pause.hpp>
#include <haft/run/thread_pool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

haft::tool_call call(std::string name, std::string arguments, std::string id = "") {
    return {std::move(id), std::move(name), std::move(arguments)};
}
haft::call_outcome gives(std::string text) { return {.text = std::move(text)}; }

/// A tool of each kind, and how often they ran.
struct kinds {
    haft::toolset tools;
    int read = 0, idempotent = 0, note = 0, erase = 0;
    kinds() {
        run_test::add_counting(tools, "read", haft::read_only, read);
        run_test::add_counting(tools, "put", haft::additive, idempotent, haft::idempotent);
        run_test::add_counting(tools, "note", haft::additive, note);
        run_test::add_counting(tools, "erase", haft::destructive, erase, haft::idempotent);
    }
};

}  // namespace

TEST_CASE("Only results of read-only tools are kept, by the canonical arguments", "[NX-13]") {
    kinds k;
    const auto cache = std::make_shared<haft::result_cache>();
    haft::call_runner runner(k.tools);
    runner.use(haft::caching(cache));
    for (const std::string_view name : {"read", "put", "note", "erase"}) {
        CHECK(runner.run(call(std::string(name), R"({"text":"A"})")).text == "A");
        CHECK(runner.run(call(std::string(name), R"({ "text" : "\u0041" })")).text == "A");
        CHECK(runner.run(call(std::string(name), R"({"text":"B"})")).text == "B");
    }
    CHECK(k.read == 2);
    CHECK(k.idempotent == 3);
    CHECK(k.note == 3);
    CHECK(k.erase == 3);
    CHECK(cache->hits() == 1);
}

TEST_CASE("What has run and is not read-only empties the cache, also where it failed", "[NX-13]") {
    std::string value = "a";
    haft::toolset tools;
    REQUIRE(tools.add("get", {.description = "Gets", .effect = haft::read_only}, [&] { return value; }));
    REQUIRE(tools.add("set", {.description = "Sets", .effect = haft::additive, .hints = haft::idempotent},
                      [&](const run_test::text_argument& to) { return value = to.text; }));
    REQUIRE(tools.add("break", {.description = "Breaks"}, [&]() -> haft::result<int> {
        value = "broken";
        return haft::error{.message = "broken"};
    }));
    REQUIRE(tools.add("throw", {.description = "Throws"}, [&]() -> int { throw (value = "thrown", 1); }));
    const auto cache = std::make_shared<haft::result_cache>();
    haft::call_runner runner(tools);
    runner.use(haft::caching(cache));
    const auto get = [&] { return runner.run(call("get", "{}")).text; };
    CHECK(get() == "a");
    for (const char* const to : {"b", "c", "b"}) {
        runner.run(call("set", std::string("{\"text\":\"") + to + "\"}"));
        CHECK(value == to);
        CHECK(get() == to);
    }
    runner.run(call("break", "{}"));
    CHECK(get() == "broken");
    runner.run(call("throw", "{}"));
    CHECK(get() == "thrown");
    CHECK(cache->hits() == 0);
}

TEST_CASE("A result that was computed before a change is not kept after it", "[NX-13]") {
    haft::result_cache cache;
    const std::uint64_t before = cache.generation();
    cache.clear();
    cache.put("a", gives("old"), before);
    CHECK_FALSE(cache.find("a"));
    cache.put("a", gives("new"), cache.generation());
    CHECK(cache.find("a"));
}

TEST_CASE("Calls with the objects of a user have results of their own, unless the host tells users apart", "[NX-13]") {
    int runs = 0;
    haft::toolset tools;
    REQUIRE(tools.add("who", {.description = "Who", .effect = haft::read_only},
                      [&](haft::call_context& c) { return ++runs, *c.user<const std::string>(); }));
    const std::string ann = "Ann", bob = "Bob";
    const auto cache = std::make_shared<haft::result_cache>();
    const auto said = [&](const std::string& user, haft::name_of_user name = {}) {
        haft::runner_options options;
        options.call.user = haft::user_data(user);
        haft::call_runner runner(tools, options);
        runner.use(haft::caching(cache, std::move(name)));
        return runner.run(call("who", "{}")).text;
    };
    CHECK(said(ann) == "Ann");
    CHECK(said(bob) == "Bob");
    CHECK(said(ann) == "Ann");
    CHECK(runs == 3);
    const auto name = [](const haft::running_call& c) { return *c.options->user.get<const std::string>(); };
    CHECK(said(ann, name) == "Ann");
    CHECK(said(bob, name) == "Bob");
    CHECK(said(ann, name) == "Ann");
    CHECK(runs == 5);

    // So it is with what is shared while it is under way.
    haft::tool t = run_test::named("f", haft::read_only);
    haft::running_call c;
    haft::call_options how;
    c.tool = &t, c.arguments = "{}", c.options = &how;
    CHECK(haft::detail::shared_key(c, {}));
    const haft::object_providers objects;
    how.providers = &objects;
    CHECK_FALSE(haft::detail::shared_key(c, {}));
    CHECK(haft::detail::shared_key(c, [](const haft::running_call&) { return std::string("Ann"); }) !=
          haft::detail::shared_key(c, [](const haft::running_call&) { return std::string("Bob"); }));
}

TEST_CASE("Who asks after a change does not wait for what was begun before it", "[NX-13]") {
    haft::equal_calls all;
    int waited = 0;
    CHECK(all.run("key", [&] {
                 all.forget();
                 CHECK(all.run("key", [] { return gives("later"); }, [&] { return ++waited, true; }).text == "later");
                 return gives("first");
             }).text == "first");
    CHECK(waited == 0);
    CHECK(all.run("key", [] { return gives("again"); }).text == "again");
}

TEST_CASE("What was begun before a change leaves alone what was begun after it", "[NX-13]") {
    haft::equal_calls all;
    std::atomic<bool> began = false, go = false;
    std::thread later;
    static_cast<void>(all.run("key", [&] {
        all.forget();
        later = std::thread([&] {
            static_cast<void>(all.run("key", [&] {
                began = true;
                while (!go) std::this_thread::yield();
                return gives("later");
            }));
        });
        while (!began) std::this_thread::yield();
        return gives("first");
    }));
    CHECK(all.run("key", [] { return gives("own"); }, [&] { return go = true, false; }).text == "later");
    go = true;
    later.join();
}

TEST_CASE("Who asks after a call that may have changed something does not wait for what was begun before it", "[NX-13]") {
    const haft::tool reads = run_test::named("read", haft::read_only), writes = run_test::named("write", haft::additive);
    haft::running_call read, write;
    read.tool = &reads, read.arguments = "{}", read.depth = 1;
    write.tool = &writes, write.arguments = "{}", write.depth = 1;
    const haft::middleware layer = haft::sharing_equal_calls();
    CHECK(layer(read, [&] {
              static_cast<void>(layer(write, [] { return gives("written"); }));
              return layer(read, [] { return gives("new"); });  // equal to the outer one, which it would wait for
          }).text == "new");
}

TEST_CASE("Another tool of the same name, or of another owner, has results of its own", "[NX-13]") {
    haft::tool a = run_test::named("f", haft::read_only);
    haft::tool b = a;
    b.description = "does something else";
    CHECK(haft::call_key(a, "{}") != haft::call_key(b, "{}"));
    CHECK(haft::call_key(a, "{}", "one") != haft::call_key(a, "{}", "two"));
    CHECK(haft::call_key(a, "") == haft::call_key(a, " {} "));
    CHECK_FALSE(haft::call_key(a, "[]"));
}

TEST_CASE("A cache keeps so many results, those that were wanted last, for so long", "[NX-13]") {
    std::chrono::steady_clock::time_point now{};
    haft::result_cache_options options;
    options.most_results = 2;
    options.lasting = std::chrono::seconds(10);
    options.now = [&] { return now; };
    haft::result_cache cache(options);
    cache.put("a", gives("1"));
    cache.put("b", gives("2"));
    CHECK(cache.find("a")->text == "1");
    cache.put("c", gives("3"));
    CHECK_FALSE(cache.find("b"));
    CHECK(cache.find("a"));
    cache.put("a", gives("4"));
    CHECK(cache.find("a")->text == "4");
    CHECK(cache.size() == 2);
    now += std::chrono::seconds(9);
    CHECK(cache.find("a"));
    now += std::chrono::seconds(1);
    CHECK_FALSE(cache.find("a"));
    CHECK(cache.size() == 1);
    cache.put("e", haft::failed_outcome({haft::errc::tool_failed, "no"}));
    CHECK_FALSE(cache.find("e"));
}

TEST_CASE("A cache keeps so many bytes", "[NX-13]") {
    haft::result_cache_options options;
    options.most_bytes = 100;
    haft::result_cache cache(options);
    cache.put("a", gives(std::string(60, 'x')));
    cache.put("b", gives(std::string(60, 'y')));
    CHECK_FALSE(cache.find("a"));
    CHECK(cache.find("b"));
    cache.put("c", gives(std::string(200, 'z')));
    CHECK_FALSE(cache.find("c"));
    CHECK(cache.find("b"));
    cache.put("b", gives("short"));
    CHECK(cache.size() == 1);  // in the place of the other
}

TEST_CASE("Equal calls that are under way at once run once, and a failure is not shared", "[NX-13]") {
    haft::equal_calls all;
    std::atomic<int> runs = 0, waiting = 0;
    std::atomic<bool> go = false;
    const auto many = [&](bool fails) {
        runs = 0, waiting = 0, go = false;
        std::vector<std::string> got(4);
        std::vector<std::thread> threads;
        threads.emplace_back([&] {
            got[0] = all.run("key", [&] {
                ++runs;
                while (!go) std::this_thread::yield();
                return fails ? haft::failed_outcome({haft::errc::tool_failed, "no"}) : gives("first");
            }).text;
        });
        while (runs == 0) std::this_thread::yield();
        for (std::size_t i = 1; i < 4; ++i)
            threads.emplace_back([&, i] {
                got[i] = all.run("key", [&] { return ++runs, gives("own"); }, [&] { return ++waiting, false; }).text;
            });
        while (waiting < 3) std::this_thread::yield();  // each has asked whether to stop, so it waits
        go = true;
        for (std::thread& t : threads) t.join();
        return got;
    };
    CHECK(many(false) == std::vector<std::string>{"first", "first", "first", "first"});
    CHECK(runs == 1);
    CHECK(many(true) == std::vector<std::string>{"", "own", "own", "own"});
    CHECK(runs == 4);
}

TEST_CASE("Who waits for an equal call is let go when it is told to stop, and by an exception", "[NX-13]") {
    haft::equal_calls all;
    CHECK_THROWS(all.run("key", []() -> haft::call_outcome { throw 1; }));
    CHECK(all.run("key", [&] {
                 // Equal to itself, and under way: it would wait for ever.
                 return all.run("key", [] { return gives("inner"); }, [] { return true; });
             }).text == "inner");
}

TEST_CASE("In a batch on a pool equal calls of a read-only tool run once", "[NX-13]") {
    std::atomic<int> runs = 0;
    haft::toolset tools;
    REQUIRE(tools.add("slow", {.description = "Slow", .effect = haft::read_only, .hints = haft::thread_safe}, [&] {
        ++runs;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return 7;
    }));
    haft::thread_pool pool(4);
    haft::call_runner runner(tools, {.on = &pool});
    runner.use(haft::sharing_equal_calls());
    runner.use(haft::caching(std::make_shared<haft::result_cache>()));
    const haft::batch_result batch = runner.run_all({call("slow", ""), call("slow", "{}"), call("slow", " { } ")});
    REQUIRE(batch.answers.size() == 3);
    for (const haft::tool_answer& a : batch.answers) CHECK(a.text == "7");
    CHECK(runs == 1);
}

TEST_CASE("Recorded calls are replayed without running anything", "[NX-13]") {
    std::string file;
    {
        kinds k;
        haft::call_runner runner(k.tools);
        runner.use(haft::recording_to([&](std::string_view line) { file += line; }));
        runner.run(call("note", R"({"text":"a \u00e9"})"));
        runner.run(call("note", "{}"));
        runner.run(call("note", "{ }"));
        CHECK(k.note == 3);
    }
    CHECK(file == "{\"tool\":\"note\",\"arguments\":{\"text\":\"a \xC3\xA9\"},\"json\":false,\"text\":\"a \xC3\xA9\"}\n"
                  "{\"tool\":\"note\",\"arguments\":{},\"json\":false,\"text\":\"none\"}\n"
                  "{\"tool\":\"note\",\"arguments\":{},\"json\":false,\"text\":\"none\"}\n");
    auto calls = haft::read_recording(file);
    REQUIRE(calls);
    kinds k;
    const auto from = std::make_shared<haft::replayer>(std::move(*calls));
    haft::call_runner runner(k.tools);
    runner.use(haft::replaying(from));
    CHECK(runner.run(call("note", "{ \"text\" : \"a \xC3\xA9\" }")).text == "a \xC3\xA9");
    CHECK(runner.run(call("note", "")).text == "none");
    CHECK(from->left() == std::vector<std::string>{"note {}"});
    CHECK(runner.run(call("note", "")).text == "none");
    CHECK(runner.run(call("note", "{}")).text ==
          "Error: the call note {} was recorded 2 times, and is made once more [haft-E0365]");
    CHECK(runner.run(call("note", R"({"text":"a e"})")).text ==
          "Error: the call note {\"text\":\"a e\"} was not recorded; the nearest that was is note {\"text\":\"a \xC3\xA9\"} [haft-E0365]");
    CHECK(runner.run(call("read", R"({"text":"x"})")).text.find("the nearest that was is note") != std::string::npos);
    CHECK(k.note + k.read == 0);
    CHECK(haft::replayer({}).answer("f", "{}").problem->message == "the call f {} was not recorded; nothing was");
    haft::replayer two({{"note", R"({"text":"altogether another"})", gives("1")}, {"noto", R"({"text":"x"})", gives("2")}});
    CHECK(two.answer("note", R"({"text":"x"})").problem->message.ends_with(R"(is note {"text":"altogether another"})"));
}

TEST_CASE("A call that waits is not recorded, and an error with all of its faults", "[NX-13]") {
    std::string file;
    haft::toolset tools;
    REQUIRE(tools.add("wait", {.description = "Waits"}, []() -> haft::result<int> { return haft::paused("later"); }));
    haft::call_runner runner(tools);
    runner.use(haft::recording_to([&](std::string_view line) { file += line; }));
    CHECK(runner.run_all({call("wait", "{}")}).paused.size() == 1);
    CHECK(file.empty());
    kinds k;
    const haft::error e = k.tools.call("read", R"({"text":1,"x":2})").error();
    REQUIRE(e.faults.size() == 2);
    const auto read = haft::read_recording(haft::record_line("read", "{}", haft::failed_outcome(e)));
    REQUIRE(read);
    for (const haft::fault& f : e.faults)
        CHECK(read->at(0).outcome.problem->message.find("\n- " + f.text()) != std::string::npos);
}

TEST_CASE("Errors and attachments come back as they were", "[NX-13]") {
    haft::call_outcome out = gives("{\"a\":1}");
    out.is_json = true;
    out.blocks.emplace_back(std::string("text"));
    out.blocks.emplace_back(haft::image{std::string("\x00\xFF\x01\x02", 4), "image/gif"});
    out.blocks.emplace_back(haft::audio{"a", "audio/wav"});
    out.blocks.emplace_back(haft::resource{"file:///a", "text/plain", "inside"});
    out.blocks.emplace_back(haft::resource{"file:///b", "", std::vector<unsigned char>{1, 2, 0}});
    out.blocks.emplace_back(haft::resource_link{"file:///c", "c", "a file", "text/html"});
    const auto read = haft::read_recording(
        haft::record_line("f", "{}", out) + "\n" +
        haft::record_line("f", R"({"b":1})", haft::failed_outcome({haft::errc::out_of_limits, "too \"large\""})));
    REQUIRE(read);
    REQUIRE(read->size() == 2);
    const haft::call_outcome& first = (*read)[0].outcome;
    CHECK(first.text == out.text);
    CHECK(first.is_json);
    REQUIRE(first.blocks.size() == 6);
    CHECK(std::get<haft::image>(first.blocks[1]).bytes == std::string("\x00\xFF\x01\x02", 4));
    CHECK(std::get<haft::image>(first.blocks[1]).mime_type == "image/gif");
    CHECK(haft::record_line("f", "{}", first) == haft::record_line("f", "{}", out));
    REQUIRE((*read)[1].outcome.failed());
    CHECK((*read)[1].outcome.problem->code == haft::errc::out_of_limits);
    CHECK((*read)[1].outcome.problem->message == "too \"large\"");
}

TEST_CASE("A recording that can't be read says which line", "[NX-13]") {
    const auto problem = [](std::string_view text) {
        const auto read = haft::read_recording(text);
        CHECK(read.error().code == haft::errc::bad_recording);
        return read.error().message;
    };
    CHECK(problem("\n{\"tool\":\"f\",\"arguments\":{},\"json\":true}\n") ==
          "line 2 of the recording can't be read: neither \"text\" nor \"error\"");
    CHECK(problem("{\"tool\":\"f\"").starts_with("line 1 of the recording can't be read: "));
    CHECK(problem("[]").ends_with("no object"));
    CHECK(problem(R"({"tool":1,"arguments":{}})").ends_with("no \"tool\""));
    CHECK(problem(R"({"tool":"f","arguments":{},"json":true,"text":"","blocks":[{"type":"image","data":"?","mimeType":""}]})")
              .ends_with("a block that is none"));
    CHECK(haft::read_recording("")->empty());
}

TEST_CASE("The audit log takes secrets out of what strings say, however JSON writes it", "[NX-13]") {
    std::string lines;
    haft::audit_options options;
    options.redact.words = {"pa\"ss", "s\xC3\xA9same"};
    haft::audit_log log([&](std::string_view line) { lines += line; }, options);
    log.add(call("f", R"({"a":"my pa\"ss","b\u0070a\"ss":[1,{"c":"\u0070a\u0022ss"}],"d":"s\u00e9same","e":"{\"x\":\"pa\\\"ss\"}"})", "1"),
            {.id = "1", .name = "f", .text = R"({"out":"\u0070a\u0022ss","n":1})", .is_json = true});
    INFO(lines);
    CHECK(lines.find(R"("arguments":{"a":"my [redacted]","b[redacted]":[1,{"c":"[redacted]"}],"d":"[redacted]","e":"{\"x\":\"[redacted]\"}"})") !=
          std::string::npos);
    CHECK(lines.find(R"("text":"{\"out\":\"[redacted]\",\"n\":1}")") != std::string::npos);
    log.add(call("f", R"({"a":"my pa\"ss)", "2"), {.id = "2", .name = "f", .text = R"(Error: {"a":"my pa\"ss)", .is_error = true});
    CHECK(lines.find("pa\\\\\"ss") == std::string::npos);  // what is no JSON, too
}

TEST_CASE("The audit log cuts what is long", "[NX-13]") {
    std::string lines;
    haft::audit_options options;
    options.most_arguments = 10;
    options.most_text = 20;
    haft::audit_log log([&](std::string_view line) { lines += line; }, options);
    log.add(call("f", R"({"a":"01234567890123456789"})", "1"), {.id = "1", .name = "f", .text = std::string(100, 'x')});
    INFO(lines);
    CHECK(lines.find("\"arguments\":\"{\\\"a\\\":\\\"0123\xE2\x80\xA6\"") != std::string::npos);
    CHECK(lines.find("\"text\":\"" + std::string(17, 'x') + "\xE2\x80\xA6\"") != std::string::npos);
}

TEST_CASE("The audit log remembers the arguments of 1000 calls that it has not been given yet", "[NX-13]") {
    std::string lines;
    haft::audit_log log([&](std::string_view line) { lines += line; });
    for (int i = 0; i <= 1000; ++i) log.runs_with(call("f", "{}", std::to_string(i)), R"({"text":"other"})");
    log.add(call("f", "{}", "0"), {.id = "0", .name = "f", .text = "x"});
    CHECK(lines.find("asked") == std::string::npos);
    log.add(call("f", "{}", "1"), {.id = "1", .name = "f", .text = "x"});
    CHECK(lines.find(R"("arguments":{"text":"other"},"asked":{})") != std::string::npos);
}

TEST_CASE("The audit log goes by place, and shows the arguments that were run", "[NX-13]") {
    kinds k;
    std::string lines;
    const auto log = std::make_shared<haft::audit_log>([&](std::string_view line) { lines += line; });
    haft::call_runner runner(k.tools);
    haft::follow_arguments(runner, log);
    runner.add_gate("edits", haft::gate_stage::policy, [](const haft::running_call& c) {
        if (c.arguments == R"({"text":"wait"})") return haft::call_verdict::pause("wait");
        return c.arguments == R"({"text":"rm"})" ? haft::call_verdict::replace(R"({"text":"ls"})") : haft::call_verdict::proceed();
    });
    log->add(runner.run_all({call("note", R"({"text":"one"})", "x"), call("note", R"({"text":"wait"})", "x"),
                             call("note", R"({"text":"rm"})", "x"), call("note", "[]", "x")}));
    const auto at = [&](std::string_view text) { return lines.find(text); };
    INFO(lines);
    CHECK(at(R"("arguments":{"text":"one"},"outcome":"ok","text":"one"})") != std::string::npos);
    CHECK(at(R"("arguments":{"text":"wait"},"outcome":"paused","text":"wait"})") != std::string::npos);
    CHECK(at(R"("arguments":{"text":"ls"},"asked":{"text":"rm"},"outcome":"ok","text":"ls"})") != std::string::npos);
    CHECK(at(R"("arguments":[],"outcome":"error")") != std::string::npos);
    CHECK(std::count(lines.begin(), lines.end(), '\n') == 4);
}

TEST_CASE("The audit log has a line for each call, made or refused, without secrets", "[NX-13]") {
    kinds k;
    std::string lines;
    haft::audit_options options;
    options.now = [] { return std::chrono::system_clock::time_point(std::chrono::milliseconds(1'700'000'000'250)); };
    haft::audit_log log([&](std::string_view line) { lines += line; }, options);
    haft::call_runner runner(k.tools);
    runner.add_gate("no", haft::gate_stage::policy, [](const haft::running_call& c) {
        return c.tool->name == "erase" ? haft::call_verdict::refuse({haft::errc::denied_by_policy, "never"})
               : c.tool->name == "put" ? haft::call_verdict::pause("wait")
                                       : haft::call_verdict::proceed();
    });
    log.add(runner.run_all({call("read", R"({"text":"api_key=abc", "x":1})", "1"), call("read", R"({"text":"api_key=abc"})", "2"),
                            call("erase", "", "3"), call("put", "", "4")}));
    CHECK(lines.find("abc") == std::string::npos);
    CHECK(lines.find(R"({"at":"2023-11-14T22:13:20.25Z","id":"1","tool":"read","arguments":{"text":"api_key=[redacted]","x":1},)"
                     R"("outcome":"error","code":"haft-E0209","text":"Error: )") == 0);
    CHECK(lines.find(R"("id":"2","tool":"read","arguments":{"text":"api_key=[redacted]"},"outcome":"ok","text":"api_key=[redacted]"})") !=
          std::string::npos);
    CHECK(lines.find(R"("id":"3","tool":"erase","arguments":{},"outcome":"error","code":"haft-E0355","text":"Error: never [haft-E0355]"})") !=
          std::string::npos);
    CHECK(lines.find(R"("id":"4","tool":"put","arguments":{},"outcome":"paused","text":"wait"})") != std::string::npos);
}
