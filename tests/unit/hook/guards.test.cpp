// SPDX-License-Identifier: BSL-1.0
// Nobody switches a guard off: not by its name, not by an end, not by another text, not by what is put around it.
#include <haft/hook.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using haft::hook_reply;
using haft::tool_pre_execute;
using data = haft::tool_pre_execute::data;

namespace {
/// Vetoes what has the word in it, and notes what it was asked about.
struct refusing {
    std::string word;
    string_list* asked;
    hook_reply operator()(const haft::tool_call& call) const {
        asked->push_back(call.arguments);
        if (call.arguments.find(word) != std::string::npos) return haft::veto("no " + word);
        return {};
    }
};
data with_arguments(std::string text) { return {.call = {.id = "", .name = "shell", .arguments = std::move(text)}}; }
}  // namespace

TEST_CASE("A hook of the name of another owner's hook is refused, and names both", "[HK-04]") {
    haft::hook_set hooks;
    string_list asked;
    const auto guard = hooks.add<tool_pre_execute>(refusing{"rm", &asked}, {.name = "rules", .guard = true});
    const auto thief = hooks.add<tool_pre_execute>([] {}, {.name = "rules", .owner = "plugin-a"});
    REQUIRE_FALSE(thief);
    CHECK(thief.error().text() ==
          "hook \"rules\" was not added at tool_pre_execute: the host has one of that name there already; rename that "
          "of plugin-a, or take the other out first [haft-E0291]");
    CHECK(hooks.emit<tool_pre_execute>(with_arguments("rm")).vetoed == "no rm");

    const auto a = hooks.add<tool_pre_execute>([] {}, {.name = "x", .owner = "plugin-a"});
    const auto b = hooks.add<tool_pre_execute>([] {}, {.name = "x", .owner = "plugin-b"});
    REQUIRE_FALSE(b);
    CHECK(b.error().message ==
          "hook \"x\" was not added at tool_pre_execute: plugin-a has one of that name there already; rename that of "
          "plugin-b, or take the other out first");
    CHECK(hooks.add<tool_pre_execute>([] {}, {.name = "x"}).error().message ==
          "hook \"x\" was not added at tool_pre_execute: plugin-a has one of that name there already; rename that of "
          "the host, or take the other out first");
    CHECK(hooks.add<tool_pre_execute>([] {}, {.name = "x", .owner = "plugin-a"}));  // its own it may replace
}

TEST_CASE("A hook that is given a name is given one that nobody has", "[HK-04]") {
    haft::hook_set hooks;
    said says;
    const auto a = hooks.add<tick>(says.saying("named"), {.name = "hook_2", .owner = "o"});
    const auto b = hooks.add<tick>(says.saying("unnamed"));
    const auto c = hooks.add<tick>(says.saying("unnamed too"), {.owner = "o"});
    REQUIRE(b);
    REQUIRE(c);
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"named", "unnamed", "unnamed too"});
}

TEST_CASE("Guards are asked in their place, and again about what later hooks have made of the text", "[HK-06]") {
    haft::hook_set hooks;
    string_list first, second;
    const auto one =
        hooks.add<tool_pre_execute>(refusing{"rm", &first}, {.name = "one", .priority = 100, .guard = true});
    const auto two =
        hooks.add<tool_pre_execute>(refusing{"dd", &second}, {.name = "two", .priority = 50, .guard = true});
    CHECK(hooks.emit<tool_pre_execute>(with_arguments("ls")).proceeds());
    CHECK(first == string_list{"ls"});  // once, where nobody changes anything
    const auto tame =
        hooks.add<tool_pre_execute>([] { return haft::replace_arguments("df"); }, {.name = "tame", .priority = 70});
    first.clear(), second.clear();
    CHECK(hooks.emit<tool_pre_execute>(with_arguments("ls")).proceeds());
    CHECK(first == string_list{"ls", "df"});
    CHECK(second == string_list{"df"});
    const auto evil = hooks.add<tool_pre_execute>([] { return haft::replace_arguments("rm"); },
                                                  {.name = "evil", .priority = -1, .order = haft::hook_order::last});
    for (const bool watched : {false, true}) {
        hooks.set_slow(watched ? std::chrono::seconds(5) : std::chrono::seconds(0));
        first.clear(), second.clear();
        CHECK(hooks.emit<tool_pre_execute>(with_arguments("ls")).vetoed == "no rm");
        CHECK(first == string_list{"ls", "rm"});
        CHECK(second == string_list{"df"});  // a veto asks nobody further
    }
    first.clear();
    CHECK(hooks.emit<tool_pre_execute>(with_arguments("rm")).vetoed == "no rm");
    CHECK(first == string_list{"rm"});
}

TEST_CASE("Guards are asked again when a wrapper has changed the text after that", "[HK-06]") {
    haft::hook_set hooks;
    string_list asked;
    haft::enlistment watches;
    SECTION("and nobody watches") {}
    SECTION("and somebody watches") { watches = hooks.monitor({.before = [](const haft::hook_event&) {}}); }
    const auto guard = hooks.add<tool_pre_execute>(refusing{"rm", &asked}, {.name = "guard", .guard = true});
    haft::enlistment wrapper = *hooks.add<tool_pre_execute>(
        [](haft::next_hooks<tool_pre_execute>& next) { next().replacement = "rm"; }, {.name = "w"});
    CHECK(hooks.emit<tool_pre_execute>(with_arguments("ls")).vetoed == "no rm");
    CHECK(asked == string_list{"ls", "rm"});

    asked.clear();
    wrapper = *hooks.add<tool_pre_execute>(
        [](haft::next_hooks<tool_pre_execute>& next) -> hook_reply {
            next();
            return {};  // takes back what a hook has put in its place
        },
        {.name = "w"});
    const auto tame =
        hooks.add<tool_pre_execute>([] { return haft::replace_arguments("ls"); }, {.name = "tame", .priority = 1});
    CHECK(hooks.emit<tool_pre_execute>(with_arguments("rm")).vetoed == "no rm");
    CHECK(asked == string_list{"ls", "rm"});
}

TEST_CASE("A guard that replaces the text itself lets those be asked again that had let it pass", "[HK-06]") {
    haft::hook_set hooks;
    string_list asked;
    const auto guard =
        hooks.add<tool_pre_execute>(refusing{"rm", &asked}, {.name = "guard", .priority = 1, .guard = true});
    int calls = 0;
    haft::enlistment other = *hooks.add<tool_pre_execute>(
        [&calls] {
            ++calls;
            return haft::replace_arguments("rm");
        },
        {.name = "other", .guard = true});
    CHECK(hooks.emit<tool_pre_execute>(with_arguments("ls")).vetoed == "no rm");
    CHECK(asked == string_list{"ls", "rm"});
    CHECK(calls == 1);
    other = *hooks.add<tool_pre_execute>(
        [](const haft::tool_call& call) -> hook_reply { return haft::replace_arguments(call.arguments + "!"); },
        {.name = "other", .guard = true});
    CHECK(hooks.emit<tool_pre_execute>(with_arguments("ls")).replacement == "ls!");
    const auto third = hooks.add<tool_pre_execute>(
        [](const haft::tool_call& call) -> hook_reply { return haft::replace_arguments(call.arguments + "?"); },
        {.name = "third", .guard = true});
    CHECK(hooks.emit<tool_pre_execute>(with_arguments("ls")).vetoed ==
          "hooks that guard this don't agree: each replaces the text of another");
}

TEST_CASE("Guards are asked whoever has ended the emission", "[HK-06]") {
    haft::hook_set hooks;
    string_list asked;
    said says;
    const auto guard = hooks.add<tool_pre_execute>(refusing{"rm", &asked}, {.name = "guard", .guard = true});
    const auto ends = hooks.add<tool_pre_execute>([] { return haft::stop_hooks{}; }, {.name = "ends", .priority = 9});
    const auto later = hooks.add<tool_pre_execute>(says.saying("later"), {.name = "later"});
    const auto other =
        hooks.add<tool_pre_execute>([] { return haft::stop_hooks{}; }, {.name = "other", .priority = 1, .guard = true});
    bool ended = false;
    haft::enlistment watches;
    for (const bool watched : {false, true}) {
        if (!watched) hooks.set_slow({});
        else hooks.set_slow(std::chrono::seconds(5));
        const hook_reply reply = hooks.emit<tool_pre_execute>(with_arguments("rm"));
        CHECK(reply.vetoed == "no rm");
        CHECK(reply.stopped);
        CHECK(says.take().empty());
        CHECK(hooks.emit<tool_pre_execute>(with_arguments("ls")).proceeds());
        watches = hooks.monitor({.after = [&](const haft::hook_event& event) { ended = event.ended; }});
    }
    CHECK(ended);  // and it has been ended, whatever guards were asked after that
}

TEST_CASE("A veto stays, whatever wrappers make of what was said", "[HK-06]") {
    haft::hook_set hooks;
    std::optional<std::string> seen;
    std::vector<haft::enlistment> held;
    held.push_back(*hooks.add<tool_pre_execute>([] { return haft::veto("no"); }, {.name = "says no"}));
    SECTION("one returns another reply") {
        held.push_back(*hooks.add<tool_pre_execute>(
            [](haft::next_hooks<tool_pre_execute>& next) {
                next();
                return hook_reply{};
            },
            {.name = "inner"}));
    }
    SECTION("one takes it out") {
        held.push_back(*hooks.add<tool_pre_execute>(
            [](haft::next_hooks<tool_pre_execute>& next) { next().vetoed.reset(); }, {.name = "inner"}));
    }
    SECTION("one takes it out, and fails") {
        held.push_back(*hooks.add<tool_pre_execute>(
            [](haft::next_hooks<tool_pre_execute>& next) {
                next() = {};
                throw std::runtime_error("broken");
            },
            {.name = "inner"}));
    }
    CHECK(hooks.emit<tool_pre_execute>({}).vetoed == "no");
    held.push_back(
        *hooks.add<tool_pre_execute>([&seen](haft::next_hooks<tool_pre_execute>& next) { seen = next().vetoed; },
                                     {.name = "outer", .order = haft::hook_order::first}));
    CHECK(hooks.emit<tool_pre_execute>({}).vetoed == "no");
    CHECK(seen == "no");
}

TEST_CASE("A veto of a wrapper's stays, even if it did not call the others", "[HK-06]") {
    haft::hook_set hooks;
    const auto outer = hooks.add<tool_pre_execute>(
        [](haft::next_hooks<tool_pre_execute>& next) {
            next();
            return hook_reply{};
        },
        {.name = "outer", .order = haft::hook_order::first});
    haft::enlistment inner = *hooks.add<tool_pre_execute>(
        [](haft::next_hooks<tool_pre_execute>& next) -> hook_reply {
            next();
            return haft::veto("no");
        },
        {.name = "inner"});
    CHECK(hooks.emit<tool_pre_execute>({}).vetoed == "no");
    inner = *hooks.add<tool_pre_execute>(
        [](haft::next_hooks<tool_pre_execute>&) -> hook_reply { return haft::veto("not at all"); }, {.name = "inner"});
    CHECK(hooks.emit<tool_pre_execute>({}).vetoed == "not at all");
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].code == haft::errc::bad_wrapper);
}

TEST_CASE("A place is kept for hooks that have a name", "[HK-04][fault-148]") {
    haft::hook_set hooks;
    said says;
    {
        const auto unnamed = hooks.add<tick>([] {}, {.owner = "o"});
    }  // it was hook_1
    const auto a = hooks.add<tick>(says.saying("a"), {.name = "a", .owner = "o"});
    const auto b = hooks.add<tick>(says.saying("b"), {.name = "hook_1", .owner = "o"});
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"a", "b"});
}
