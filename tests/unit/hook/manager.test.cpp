// SPDX-License-Identifier: BSL-1.0
// What a set of hooks can do beside calling them: history, names, lists, blocking, watching; and owners that bring hooks.
#include <haft/hook.hpp>
#include <haft/registry.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <vector>

using haft::session_start;
using haft::tool_pre_execute;

namespace {
struct remembered {
    static constexpr std::string_view name = "remembered";
    static constexpr bool historic = true;
    using signature = void(int);
};
struct old_point {
    static constexpr std::string_view name = "old_point";
    static constexpr std::string_view deprecated = "use tick";
    using signature = void(int);
};
struct plugins_own {
    static constexpr std::string_view name = "my.point";
    struct data {
        int n = 0;
        std::string word = {};
    };
    using signature = int(const data&);
};
struct several {
    static constexpr std::string_view name = "several";
    using signature = int(int, std::string_view);
};
}  // namespace

TEST_CASE("A historic point calls hooks that come later for what has been", "[HK-14]") {
    haft::hook_set hooks;
    std::vector<int> early, late;
    const auto a = hooks.add<remembered>([&](int n) { early.push_back(n); }, {.name = "a"});
    hooks.emit<remembered>(1);
    hooks.emit<remembered>(2);
    const auto b = hooks.add<remembered>([&](int n) { late.push_back(n); }, {.name = "b"});
    CHECK(late == std::vector<int>{1, 2});
    hooks.emit<remembered>(3);
    CHECK(early == std::vector<int>{1, 2, 3});
    CHECK(late == std::vector<int>{1, 2, 3});
}

TEST_CASE("History begins before the first hook, and of much of it the newest part is kept", "[HK-14]") {
    haft::hook_set hooks;
    for (int n = 0; n < 1025; ++n) hooks.emit<remembered>(n);
    std::vector<int> got;
    const auto a = hooks.add<remembered>([&](int n) { got.push_back(n); }, {.name = "a"});
    REQUIRE(got.size() == 1024);
    CHECK(got.front() == 1);
    CHECK(got.back() == 1024);
}

TEST_CASE("What a hook throws of history is told, and it is there", "[HK-14]") {
    haft::hook_set hooks;
    hooks.emit<remembered>(1);
    int calls = 0;
    const auto a = hooks.add<remembered>(
        [&](int n) {
            if (++calls == 1) throw n;
        },
        {.name = "a"});
    CHECK(hooks.errors().size() == 1);
    hooks.emit<remembered>(2);
    CHECK(calls == 2);
}

TEST_CASE("Who adds a hook at a deprecated point is told", "[HK-14]") {
    haft::hook_set hooks;
    const auto a = hooks.add<old_point>([] {}, {.name = "a", .owner = "o"});
    REQUIRE(a);
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].text() == "hook \"a\" of o at old_point: this point is deprecated; use tick [haft-E0298]");
}

TEST_CASE("A hook that is named for a point is bound when that is there", "[HK-14]") {
    haft::hook_set hooks;
    string_list seen;
    const auto a = hooks.add_named("my.point", {.name = "a"}, [&](std::string_view data) -> haft::result<std::string> {
        seen.emplace_back(data);
        return std::string("17");
    });
    REQUIRE(a);
    CHECK(hooks.check_pending().size() == 1);
    CHECK(hooks.list().empty());
    CHECK(hooks.emit<plugins_own>({.n = 4, .word = "\"x\""}) == std::vector<int>{17});
    CHECK(seen == string_list{R"({"n":4,"word":"\"x\""})"});
    CHECK(hooks.check_pending().empty());
    CHECK(names(hooks.list()) == string_list{"a"});
}

TEST_CASE("A named hook for a point that nobody knows is reported, unless it is optional", "[HK-14]") {
    haft::hook_set hooks;
    const auto f = [](std::string_view) -> haft::result<std::string> { return std::string(); };
    const auto known = hooks.add_named("tool.execute.pre", {.name = "known"}, f);
    const auto optional = hooks.add_named("perhaps_there", {.name = "optional"}, f, true);
    auto wrong = hooks.add_named("tool_pre_exec", {.name = "wrong", .owner = "o"}, f);
    const auto pending = hooks.check_pending();
    REQUIRE(pending.size() == 1);
    CHECK(
        pending[0].text() ==
        "hook \"wrong\" of o at tool_pre_exec: no point is named \"tool_pre_exec\"; did you mean \"tool_pre_execute\"? "
        "[haft-E0295]");
    wrong->withdraw();
    CHECK(hooks.check_pending().empty());
}

TEST_CASE("A named hook replies with messages, an end, a veto or another text", "[HK-14]") {
    haft::hook_set hooks;
    std::string reply, data;
    auto a =
        hooks.add_named("tool_pre_execute", {.name = "a"}, [&](std::string_view json) -> haft::result<std::string> {
            data = json;
            return reply;
        });
    const auto emitted = [&] {
        return hooks.emit<tool_pre_execute>({.call = {.id = "1", .name = "f", .arguments = "{}"}, .tool = "f"});
    };
    CHECK(texts(emitted()).empty());
    CHECK(
        data ==
        R"({"call":{"id":"1","name":"f","arguments":"{}"},"tool":"f","owner":"","effect":"unspecified","workspace":"","log":null})");
    reply = "null";
    CHECK(emitted().proceeds());
    reply = R"({"messages":[{"text":"one"},{"role":"user","text":"two"}],"stop":true})";
    const haft::hook_reply both = emitted();
    CHECK(texts(both) == string_list{"one", "two"});
    CHECK(both.messages[0].role == haft::role::system);
    CHECK(both.messages[1].role == haft::role::user);
    CHECK(both.stopped);
    reply = R"({"veto":"not now"})";
    CHECK(emitted().vetoed == "not now");
    reply = R"({"replace":"{\"x\":1}"})";
    CHECK(emitted().replacement == R"({"x":1})");
    CHECK(hooks.errors().empty());
    reply = R"({"vetoo":"no"})";
    CHECK(emitted().proceeds());
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].code == haft::errc::bad_hook_reply);
    CHECK(hooks.errors()[0].what.find("did you mean \"veto\"?") != std::string::npos);
    a->withdraw();
    reply = R"({"veto":"gone"})";
    CHECK(emitted().proceeds());
}

TEST_CASE("A named hook that says an error is told as one that throws", "[HK-14]") {
    haft::hook_set hooks;
    const auto a = hooks.add_named("tool_pre_execute", {.name = "a", .guard = true},
                                   [](std::string_view) -> haft::result<std::string> {
                                       return haft::error{haft::errc::tool_failed, "no connection"};
                                   });
    CHECK_FALSE(hooks.emit<tool_pre_execute>({}).proceeds());
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].what == "no connection [haft-E0210]");
}

TEST_CASE("Data of several arguments is an array; what has no form is left out", "[HK-14]") {
    haft::hook_set hooks;
    std::string data;
    const auto a = hooks.add_named("several", {.name = "a"}, [&](std::string_view json) -> haft::result<std::string> {
        data = json;
        return std::string("\"no number\"");
    });
    CHECK(hooks.emit<several>(3, "x").empty());
    CHECK(data == R"([3,"x"])");
    CHECK(hooks.errors().size() == 1);
    const auto b = hooks.add_named("turn_pre", {.name = "b"}, [&](std::string_view json) -> haft::result<std::string> {
        data = json;
        return std::string();
    });
    auto log = std::make_shared<std::vector<haft::message>>();
    log->push_back({.text = "before"});
    static_cast<void>(
        hooks.emit<haft::turn_pre>({.input = {.text = "hi", .attachments = {haft::image{"bytes"}}}, .log = log}));
    CHECK(
        data ==
        R"({"input":{"role":"user","text":"hi","calls":[],"answers":[]},"workspace":"","log":[{"role":"user","text":"before","calls":[],"answers":[]}]})");
}

TEST_CASE("Hooks are listed as rows, by point and in call order", "[HK-15]") {
    haft::hook_set hooks;
    const auto a = hooks.add<tick>([] {}, {.name = "low", .priority = -1, .owner = "o1"});
    const auto b = hooks.add<tick>([] {}, {.name = "high", .priority = 1, .owner = "o2"});
    const auto c = hooks.add<tool_pre_execute>([] {}, {.name = "g", .guard = true});
    const auto w = hooks.add<tick>([](haft::next_hooks<tick>& next) { next(); }, {.name = "around"});
    const auto d = hooks.add<chosen>([] {}, {.name = "async", .async = true});
    hooks.disable("low");
    const std::vector<haft::hook_row> rows = hooks.list();
    REQUIRE(rows.size() == 5);
    CHECK(rows[0] == haft::hook_row{.point = "chosen", .hook = "async", .owner = "", .async = true});
    CHECK(rows[1] == haft::hook_row{.point = "tick", .hook = "around", .owner = "", .wrapper = true});
    CHECK(rows[2] == haft::hook_row{.point = "tick", .hook = "high", .owner = "o2", .priority = 1});
    CHECK(rows[3] == haft::hook_row{.point = "tick", .hook = "low", .owner = "o1", .priority = -1, .enabled = false});
    CHECK(rows[4] == haft::hook_row{.point = "tool_pre_execute", .hook = "g", .owner = "", .guard = true});
    CHECK(names(hooks.list("tick")) == string_list{"around", "high", "low"});
}

TEST_CASE("A blocked name or owner is taken out, and what it adds is nothing", "[HK-15]") {
    haft::hook_set hooks;
    said says;
    const auto a = hooks.add<tick>(says.saying("a"), {.name = "a"});
    const auto b = hooks.add<tick>(says.saying("b"), {.name = "b", .owner = "spy"});
    hooks.block("a");
    hooks.block("spy");
    CHECK(hooks.is_blocked("a"));
    CHECK(hooks.list().empty());
    const auto again = hooks.add<tick>(says.saying("a"), {.name = "a"});
    REQUIRE(again);
    CHECK_FALSE(*again);  // an empty handle
    CHECK_FALSE(*hooks.add<tick>(says.saying("c"), {.name = "c", .owner = "spy"}));
    hooks.emit<tick>(1);
    CHECK(says.take().empty());
    CHECK(hooks.unblock("a"));
    CHECK_FALSE(hooks.unblock("a"));
    CHECK_FALSE(hooks.is_blocked("a"));
    const auto now = hooks.add<tick>(says.saying("a"), {.name = "a"});
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"a"});
}

TEST_CASE("An emission may leave out the hooks of some owners, wrappers and asynchronous ones too", "[HK-15]") {
    haft::hook_set hooks;
    said says;
    const auto a = hooks.add<tick>(says.saying("a"), {.name = "a", .owner = "one"});
    const auto b = hooks.add<tick>(says.saying("b"), {.name = "b", .owner = "two"});
    const auto w = hooks.add<tick>(
        [&](haft::next_hooks<tick>& next) {
            says.all.emplace_back("w");
            next();
        },
        {.name = "w", .owner = "one"});
    const auto c =
        hooks.add<tick>([] { throw std::runtime_error("called"); }, {.name = "c", .owner = "one", .async = true});
    hooks.emit_without<tick>({"one"}, 1);
    hooks.wait_for_async();
    CHECK(says.take() == string_list{"b"});
    CHECK(hooks.errors().empty());
    hooks.emit<tick>(1);
    hooks.wait_for_async();
    CHECK(says.take() == string_list{"w", "a", "b"});
    CHECK(hooks.errors().size() == 1);
}

TEST_CASE("An emission may have a hook of its own, in its place by priority", "[HK-15]") {
    haft::hook_set hooks;
    const auto a = hooks.add<collected>([] { return "high"; }, {.name = "a", .priority = 1});
    const auto b = hooks.add<collected>([] { return "low"; }, {.name = "b", .priority = -1});
    CHECK(hooks.call_extra<collected>(haft::extra_hook{[](int n) { return std::to_string(n); }}, 5, "") ==
          string_list{"high", "5", "low"});
    CHECK(hooks.call_extra<collected>(haft::extra_hook{[] { return "first"; }, {.order = haft::hook_order::first}}, 5,
                                      "") == string_list{"first", "high", "low"});
    CHECK(hooks.emit<collected>(5, "") == string_list{"high", "low"});
}

TEST_CASE("The same object twice at one point is refused", "[HK-15]") {
    struct plugin {
        void on_startup() {}
    };
    haft::registry r;
    const auto object = std::make_shared<plugin>();
    haft::owner o;
    o.name = "mine";
    o.parts = haft::hooks_of(object, "a");
    for (haft::part& more : haft::hooks_of(object, "b")) o.parts.push_back(std::move(more));
    REQUIRE(r.add(o));
    const auto exposed = r.expose("mine");
    REQUIRE_FALSE(exposed);
    CHECK(exposed.error().text() ==
          "owner \"mine\" was not exposed: its hook \"b.on_startup\": hook \"b.on_startup\" was not added at startup: "
          "the "
          "same object is there already, as \"a.on_startup\" [haft-E0274]");
    CHECK(r.get<haft::hook_set>().list().empty());
    CHECK(r.add(o).error().code == haft::errc::duplicate_owner);  // and so is the same name
}

TEST_CASE("Who watches is told before and after each emission, until the handle goes", "[HK-15]") {
    haft::hook_set hooks;
    string_list told;
    hooks.emit<tick>(0);  // the point is there before who watches it
    auto watched = hooks.monitor(
        {.before = [&](const haft::hook_event& e) { told.push_back("before " + std::string(e.point) + " " + e.data); },
         .after = [&](const haft::hook_event& e) { told.push_back("after " + std::to_string(e.hooks.size())); }});
    hooks.emit<tick>(1);  // nobody is called, but somebody watches
    const auto a = hooks.add<tick>([] {}, {.name = "a"});
    hooks.emit<tick>(2);
    CHECK(told == string_list{"before tick [1]", "after 0", "before tick [2]", "after 1"});
    told.clear();
    watched.withdraw();
    hooks.emit<tick>(3);
    CHECK(told.empty());
}

TEST_CASE("Tracing tells each emission in lines, those within others indented, until the handle goes", "[HK-15]") {
    haft::hook_set hooks;
    string_list lines;
    auto tracing = hooks.enable_tracing([&](std::string_view line) { lines.emplace_back(line); });
    const auto a = hooks.add<session_start>(
        [&] {
            hooks.emit<tick>(1);
            return haft::stop_hooks{};
        },
        {.name = "a"});
    const auto b = hooks.add<tick>([] {}, {.name = "b"});
    static_cast<void>(hooks.emit<session_start>({.workspace = "/src"}));
    CHECK(lines == string_list{R"(session_start {"logdir":"","workspace":"/src","initial":[]} -> a)", "  tick [1] -> b",
                               "  finish tick", "finish session_start, ended by a hook"});
    tracing = {};
    lines.clear();
    static_cast<void>(hooks.emit<session_start>({}));
    CHECK(lines.empty());
}

TEST_CASE("An owner's hooks come and go with it", "[HK-15]") {
    haft::registry r;
    said says;
    auto& hooks = r.get<haft::hook_set>();
    haft::owner o;
    o.name = "mine";
    o.parts.push_back(haft::hook_part<tick>("mine.tick", says.saying("typed"), {.priority = 3}));
    o.parts.push_back(
        haft::named_hook_part("tick", "mine.named", [&](std::string_view data) -> haft::result<std::string> {
            says.all.push_back("named " + std::string(data));
            return std::string();
        }));
    REQUIRE(r.add(o));
    hooks.emit<tick>(1);
    CHECK(says.take().empty());
    REQUIRE(r.expose("mine"));
    hooks.emit<tick>(2);
    CHECK(says.take() == string_list{"typed", "named [2]"});
    REQUIRE(hooks.list().size() == 2);
    CHECK(hooks.list()[0].owner == "mine");
    CHECK(hooks.list()[0].priority == 3);
    CHECK(r.unexpose("mine"));
    hooks.emit<tick>(3);
    CHECK(says.take().empty());
    REQUIRE(r.expose("mine"));
    hooks.emit<tick>(4);
    CHECK(says.take() == string_list{"typed", "named [4]"});
}
