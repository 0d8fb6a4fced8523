// SPDX-License-Identifier: BSL-1.0
// What hooks are given, what they may return, and what comes of it.
#include <haft/hook.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

using haft::arg;
using haft::hook;
using haft::session_start;
using haft::detail::can_be_hook;
using haft::detail::provided_for;
using haft::detail::provider;

namespace {
struct passing {
    static constexpr std::string_view name = "passing";
    static constexpr bool passes_exceptions = true;
    using signature = int(int);
};
struct written {
    static constexpr std::string_view name = "written";
    using signature = void(std::string&, const double&);
};
struct move_only {
    static constexpr std::string_view name = "move_only";
    using signature = std::unique_ptr<int>(const std::unique_ptr<int>&);
};
/// Without `data`: the only argument's members are looked into as well.
struct saved {
    int line = 0;
    std::string path = {};
};
struct on_saved {
    static constexpr std::string_view name = "on_saved";
    using signature = void(const saved&);
};
struct sums {
    static constexpr std::string_view name = "sums";
    using signature = int(const std::string&, int);
};
struct pairs {
    [[maybe_unused]] static constexpr std::string_view name = "pairs";
    using signature = void(int, const int&, double);
};
int free_hook(const std::string& text, int n) { return n + static_cast<int>(text.size()); }
}  // namespace

TEST_CASE("Each point has one data object, to which members can be added without breaking hooks", "[HK-02]") {
    haft::hook_set hooks;
    std::string workspace, logdir;
    std::size_t initial = 0;
    const auto whole = hooks.add<session_start>(
        [&](const session_start::data& data) {
            workspace = data.workspace;
            logdir = data.logdir;
            initial = data.initial.size();
        },
        {.name = "whole"});
    static_cast<void>(hooks.emit<session_start>({.logdir = "/log", .workspace = "/src", .initial = {{}, {}}}));
    CHECK(workspace == "/src");
    CHECK(logdir == "/log");
    CHECK(initial == 2);
}

TEST_CASE("What is no hook of a point is told apart at compile time", "[HK-02]") {
    const auto takes = []<class Point, class F>(const F&, const Point&) { return can_be_hook<Point, F>(); };
    STATIC_CHECK(takes([](const session_start::data&) {}, session_start{}));
    STATIC_CHECK_FALSE(takes([](const haft::session_end::data&) {}, session_start{}));
    STATIC_CHECK_FALSE(takes([](int) {}, session_start{}));
    STATIC_CHECK_FALSE(takes([] { return 1; }, session_start{}));
    STATIC_CHECK_FALSE(takes([] { return haft::veto(""); }, session_start{}));
    STATIC_CHECK_FALSE(takes([] { return haft::replace_text(""); }, haft::tool_pre_execute{}));
    STATIC_CHECK(takes([] { return haft::replace_arguments(""); }, haft::tool_pre_execute{}));
    STATIC_CHECK(takes([](auto&&...) {}, session_start{}));
    STATIC_CHECK_FALSE(takes([](auto&&, auto&&) {}, session_start{}));
    STATIC_CHECK_FALSE(takes(1, session_start{}));
}

TEST_CASE("A hook takes any subset of the arguments, in any order", "[HK-09]") {
    haft::hook_set hooks;
    string_list got;
    const auto a = hooks.add<collected>([&](int n) { got.push_back("int " + std::to_string(n)); }, {.name = "a"});
    const auto b =
        hooks.add<collected>([&](const std::string& s, int n) { got.push_back(s + std::to_string(n)); }, {.name = "b"});
    const auto c = hooks.add<collected>([&] { got.push_back("nothing"); }, {.name = "c"});
    const auto d =
        hooks.add<collected>([&](std::string s) { got.push_back("copy of " + std::move(s)); }, {.name = "d"});
    const auto e = hooks.add<collected>([&](std::string&& s) { got.push_back("own " + std::move(s)); }, {.name = "e"});
    const auto f = hooks.add<collected>(
        [&](const auto& n, const auto& s) { got.push_back(s + "+" + std::to_string(n)); }, {.name = "f"});
    CHECK(hooks.emit<collected>(7, "x").empty());
    CHECK(got == string_list{"int 7", "x7", "nothing", "copy of x", "own x", "x+7"});
}

TEST_CASE("A hook takes members of the data by type, or by name", "[HK-09]") {
    haft::hook_set hooks;
    string_list got;
    const auto a = hooks.add<session_start>(
        [&](const std::vector<haft::message>& initial, arg<"workspace", std::string> workspace) {
            got = {initial.at(0).text, workspace.value};
        },
        {.name = "a"});
    const auto b =
        hooks.add<session_start>([&](arg<"logdir", std::string_view> dir) { got.emplace_back(*dir); }, {.name = "b"});
    static_cast<void>(hooks.emit<session_start>({.logdir = "/log", .workspace = "/src", .initial = {{.text = "hi"}}}));
    CHECK(got == string_list{"hi", "/src", "/log"});
    int line = 0;
    const auto c = hooks.add<on_saved>([&](int n) { line = n; }, {.name = "c"});
    hooks.emit<on_saved>(saved{.line = 3, .path = ""});
    CHECK(line == 3);
}

TEST_CASE("What nothing provides, what could be several, and what may not be written is told apart", "[HK-09]") {
    STATIC_CHECK(provided_for<session_start, const double&>().from == provider::none);
    STATIC_CHECK(provided_for<session_start, const std::string&>().from == provider::ambiguous);
    STATIC_CHECK(provided_for<session_start, arg<"workspaces", std::string>>().from == provider::none);
    STATIC_CHECK(provided_for<session_start, arg<"workspace", int>>().from == provider::none);
    STATIC_CHECK(provided_for<session_start, arg<"workspace", std::string>>().from == provider::member);
    STATIC_CHECK(provided_for<session_start, std::vector<haft::message>&>().from == provider::not_written);
    STATIC_CHECK(provided_for<session_start, session_start::data&>().from == provider::not_written);
    STATIC_CHECK(provided_for<session_start, haft::stop_token>().from == provider::stop);
    STATIC_CHECK(provided_for<written, std::string&>().from == provider::argument);
    STATIC_CHECK(provided_for<written, double&>().from == provider::not_written);
    STATIC_CHECK(provided_for<written, double>().from == provider::argument);
    STATIC_CHECK(provided_for<pairs, int>().from == provider::ambiguous);
    STATIC_CHECK(provided_for<pairs, double>().from == provider::argument);
}

TEST_CASE("Where a point shares something to be written, hooks write it one after the other", "[HK-09]") {
    haft::hook_set hooks;
    const auto a = hooks.add<written>([](std::string& s) { s += "a"; }, {.name = "a"});
    const auto b =
        hooks.add<written>([](double d, std::string& s) { s += std::to_string(static_cast<int>(d)); }, {.name = "b"});
    std::string text = "-";
    hooks.emit<written>(text, 2.5);
    CHECK(text == "-a2");
}

TEST_CASE("Functions, std::function and lambdas that keep things are hooks", "[HK-09]") {
    haft::hook_set hooks;
    const auto a = hooks.add<sums>(&free_hook, {.name = "a"});
    const auto b = hooks.add<sums>(std::function<int(int)>([](int n) { return 2 * n; }), {.name = "b"});
    const auto c = hooks.add<sums>([n = 0](int by) mutable { return n += by; }, {.name = "c"});
    CHECK(hooks.emit<sums>("abc", 4) == std::vector<int>{7, 8, 4});
    CHECK(hooks.emit<sums>("", 1) == std::vector<int>{1, 2, 5});
}

TEST_CASE("All results come in call order, but those of hooks that have none", "[HK-12]") {
    haft::hook_set hooks;
    const auto a = hooks.add<collected>([] { return "text"; }, {.name = "a", .priority = 4});
    const auto b = hooks.add<collected>([] { return std::string("string"); }, {.name = "b", .priority = 3});
    const auto c =
        hooks.add<collected>([]() -> std::optional<std::string> { return std::nullopt; }, {.name = "c", .priority = 2});
    const auto d = hooks.add<collected>([] {}, {.name = "d", .priority = 1});
    const auto e = hooks.add<collected>([]() -> std::optional<const char*> { return "perhaps"; }, {.name = "e"});
    CHECK(hooks.emit<collected>(1, "") == string_list{"text", "string", "perhaps"});
    hooks.remove("a");
    hooks.remove("b");
    hooks.remove("e");
    CHECK(hooks.emit<collected>(1, "").empty());
}

TEST_CASE("The first result ends it where the point says so, or who emits", "[HK-12]") {
    haft::hook_set hooks;
    said says;
    CHECK(hooks.emit<chosen>(1) == std::nullopt);
    const auto a =
        hooks.add<chosen>([]() -> std::optional<std::string> { return std::nullopt; }, {.name = "a", .priority = 3});
    CHECK(hooks.emit<chosen>(1) == std::nullopt);
    const auto b = hooks.add<chosen>([](int n) { return std::to_string(n); }, {.name = "b", .priority = 2});
    const auto c = hooks.add<chosen>(says.saying("c"), {.name = "c"});
    STATIC_CHECK(std::is_same_v<decltype(hooks.emit<chosen>(5)), std::optional<std::string>>);
    CHECK(hooks.emit<chosen>(5) == "5");
    CHECK(hooks.emit_first<chosen>(6) == "6");
    CHECK(says.take().empty());

    const auto d = hooks.add<collected>([] { return "one"; }, {.name = "d"});
    const auto e = hooks.add<collected>([&] { return says.all.emplace_back("two"); }, {.name = "e"});
    CHECK(hooks.emit_first<collected>(1, "") == "one");
    CHECK(says.take().empty());
    CHECK(hooks.emit<collected>(1, "") == string_list{"one", "two"});
}

TEST_CASE("Results need not be copyable", "[HK-12]") {
    haft::hook_set hooks;
    const auto a = hooks.add<move_only>([](const std::unique_ptr<int>& n) { return std::make_unique<int>(*n + 1); },
                                        {.name = "a"});
    const auto results = hooks.emit<move_only>(std::make_unique<int>(1));
    REQUIRE(results.size() == 1);
    CHECK(*results[0] == 2);
}

TEST_CASE("A wrapper sees the result, and what it returns is the result", "[HK-13]") {
    haft::hook_set hooks;
    const auto a = hooks.add<collected>([] { return "one"; }, {.name = "a"});
    const auto w = hooks.add<collected>(
        [](haft::next_hooks<collected>& next, int n) {
            string_list all = next();
            all.push_back("two of " + std::to_string(n));
            return all;
        },
        {.name = "w"});
    CHECK(hooks.emit<collected>(3, "") == string_list{"one", "two of 3"});
    const auto outer = hooks.add<collected>(
        [](haft::next_hooks<collected>& next) {
            string_list& all = next();
            all.erase(all.begin());  // what is changed in place counts as well
        },
        {.name = "outer", .priority = 1});
    CHECK(hooks.emit<collected>(3, "") == string_list{"two of 3"});
}

TEST_CASE("A wrapper must call the others exactly once", "[HK-13]") {
    haft::hook_set hooks;
    said says;
    const auto a = hooks.add<tick>(says.saying("a"), {.name = "a"});
    const auto twice = hooks.add<tick>(
        [&](haft::next_hooks<tick>& next) {
            next();
            next();
        },
        {.name = "twice"});
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"a"});
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].text() == "hook \"twice\" at tick: a wrapper called the others a second time [haft-E0294]");
    hooks.clear_errors();
    hooks.remove("twice");

    const auto never = hooks.add<tick>([](haft::next_hooks<tick>&) {}, {.name = "never"});
    hooks.emit<tick>(1);
    CHECK(says.take() == string_list{"a"});
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].text() ==
          "hook \"never\" at tick: a wrapper did not call the others; they were called without it [haft-E0294]");
}

TEST_CASE("A wrapper that never calls has no say in the result", "[HK-13]") {
    haft::hook_set hooks;
    const auto a = hooks.add<collected>([] { return "one"; }, {.name = "a"});
    const auto never =
        hooks.add<collected>([](haft::next_hooks<collected>&) { return string_list{"mine"}; }, {.name = "never"});
    CHECK(hooks.emit<collected>(1, "") == string_list{"one"});
    CHECK(hooks.errors().size() == 1);
}

TEST_CASE("A wrapper that throws is told, and the others are called all the same", "[HK-13]") {
    haft::hook_set hooks;
    const auto a = hooks.add<collected>([] { return "one"; }, {.name = "a"});
    const auto before = hooks.add<collected>([](haft::next_hooks<collected>&) { throw std::runtime_error("early"); },
                                             {.name = "before"});
    const auto after = hooks.add<collected>(
        [](haft::next_hooks<collected>& next) {
            next();
            throw std::runtime_error("late");
        },
        {.name = "after"});
    CHECK(hooks.emit<collected>(1, "") == string_list{"one"});
    CHECK(hooks.errors().size() == 2);
}

TEST_CASE("Exceptions pass wrappers as they pass any C++, which may replace them by a result", "[HK-13]") {
    haft::hook_set hooks;
    string_list seen;
    const auto a = hooks.add<passing>([]() -> int { throw std::runtime_error("broken"); }, {.name = "a"});
    const auto inner = hooks.add<passing>(
        [&](haft::next_hooks<passing>& next) {
            try {
                next();
            } catch (const std::runtime_error& e) {
                seen.emplace_back(e.what());
                throw;
            }
        },
        {.name = "inner"});
    CHECK_THROWS_AS(hooks.emit<passing>(1), std::runtime_error);
    CHECK(seen == string_list{"broken"});
    const auto outer = hooks.add<passing>(
        [&](haft::next_hooks<passing>& next) -> std::vector<int> {
            try {
                return next();
            } catch (const std::runtime_error&) { return {42}; }
        },
        {.name = "outer", .priority = 1});
    CHECK(hooks.emit<passing>(1) == std::vector<int>{42});
}

TEST_CASE("The chain of one point can be had without a set", "[HK-12]") {
    hook<collected> alone;
    CHECK(alone.empty());
    const auto a = alone.add([](int n) { return std::to_string(n); }, {.name = "a"});
    CHECK_FALSE(alone.empty());
    CHECK(alone.emit(2, "") == string_list{"2"});
    CHECK(names(alone.list()) == string_list{"a"});
    CHECK(alone.enable("a", false) == 1);
    CHECK(alone.empty());
    CHECK(alone.remove("a") == 1);
    CHECK(alone.errors().empty());
}
