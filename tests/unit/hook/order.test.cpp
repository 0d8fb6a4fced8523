// SPDX-License-Identifier: BSL-1.0
// In which order hooks are called, and what becomes of two of one name.
#include <haft/hook.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <climits>
#include <string>
#include <vector>

using haft::hook_order;

namespace {
struct pluggys {
    static constexpr std::string_view name = "pluggys";
    static constexpr haft::ties equal = haft::ties::last_added;
    using signature = void();
};
struct tock {
    static constexpr std::string_view name = "tock";
    using signature = void(int);
};
template <class Point>
struct ordered {
    haft::hook_set hooks;
    said says;
    std::vector<haft::enlistment> held;
    void add(const std::string& name, haft::hook_options options = {}) {
        options.name = name;
        held.push_back(*hooks.add<Point>(says.saying(name), options));
    }
};
}  // namespace

TEST_CASE("Higher priorities are called first; 0 is the default", "[HK-03]") {
    ordered<tick> t;
    t.add("low", {.priority = -1});
    t.add("default");
    t.add("high", {.priority = 1});
    t.hooks.emit<tick>(1);
    CHECK(t.says.take() == strings{"high", "default", "low"});
}

TEST_CASE("Hooks of equal priority are called as they were added", "[HK-03][fault-148]") {
    ordered<tick> t;
    for (const char* name : {"c", "a", "d", "b"}) t.add(name, {.priority = 7});
    t.hooks.emit<tick>(1);
    CHECK(t.says.take() == strings{"c", "a", "d", "b"});
}

TEST_CASE("The least and the greatest of priorities are in order, too", "[fault-148]") {
    ordered<tick> t;
    t.add("least", {.priority = INT_MIN});
    t.add("zero");
    t.add("greatest", {.priority = INT_MAX});
    t.add("minus", {.priority = -1});
    t.hooks.emit<tick>(1);
    CHECK(t.says.take() == strings{"greatest", "zero", "minus", "least"});
}

TEST_CASE("An owner that is loaded anew has its hooks where they were", "[fault-148]") {
    ordered<tick> t;
    t.add("a", {.owner = "first"});
    t.add("b", {.owner = "second"});
    t.add("c", {.owner = "first"});
    CHECK(t.hooks.remove_of("first") == 2);
    t.add("c", {.owner = "first"});
    t.add("a", {.owner = "first"});
    t.hooks.emit<tick>(1);
    CHECK(t.says.take() == strings{"a", "b", "c"});
}

TEST_CASE("Order classes count before priority", "[HK-11]") {
    ordered<tick> t;
    t.add("last", {.priority = 100, .order = hook_order::last});
    t.add("normal", {.priority = 50});
    t.add("first", {.priority = -100, .order = hook_order::first});
    t.hooks.emit<tick>(1);
    CHECK(t.says.take() == strings{"first", "normal", "last"});
}

TEST_CASE("Of those to be first the one added last is, of those to be last the one added last is", "[HK-11]") {
    ordered<tick> t;
    for (const char* name : {"f1", "f2"}) t.add(name, {.order = hook_order::first});
    for (const char* name : {"l1", "l2"}) t.add(name, {.order = hook_order::last});
    t.hooks.emit<tick>(1);
    CHECK(t.says.take() == strings{"f2", "f1", "l1", "l2"});
}

TEST_CASE("A point may want pluggy's rule for all: the one added last is called first", "[HK-11]") {
    ordered<pluggys> t;
    for (const char* name : {"n1", "n2", "n3"}) t.add(name);
    for (const char* name : {"f1", "f2"}) t.add(name, {.order = hook_order::first});
    for (const char* name : {"l1", "l2"}) t.add(name, {.order = hook_order::last});
    t.hooks.emit<pluggys>();
    CHECK(t.says.take() == strings{"f2", "f1", "n3", "n2", "n1", "l1", "l2"});
}

TEST_CASE("Wrappers are outside of all hooks, in the same three classes", "[HK-11]") {
    haft::hook_set hooks;
    strings order;
    std::vector<haft::enlistment> held;
    const auto wrapper = [&](std::string name, hook_order where, int priority = 0) {
        held.push_back(*hooks.add<tick>(
            [&order, name](haft::next_hooks<tick>& next) {
                order.push_back(name);
                next();
                order.push_back("/" + name);
            },
            {.name = name, .priority = priority, .order = where}));
    };
    held.push_back(*hooks.add<tick>([&] { order.push_back("hook"); }, {.name = "hook", .order = hook_order::first}));
    wrapper("last", hook_order::last);
    wrapper("normal", hook_order::normal);
    wrapper("higher", hook_order::normal, 1);
    wrapper("first", hook_order::first);
    hooks.emit<tick>(1);
    CHECK(order == strings{"first", "higher", "normal", "last", "hook", "/last", "/normal", "/higher", "/first"});
}

TEST_CASE("A hook of the same name at the same point is replaced", "[HK-04]") {
    ordered<tick> t;
    t.add("a");
    haft::enlistment second = *t.hooks.add<tick>(t.says.saying("another"), {.name = "a"});
    t.hooks.emit<tick>(1);
    CHECK(t.says.take() == strings{"another"});
    t.held.clear();  // the handle of what was replaced takes nothing else out
    t.hooks.emit<tick>(1);
    CHECK(t.says.take() == strings{"another"});
}

TEST_CASE("The same name at another point is another hook", "[HK-04]") {
    ordered<tick> t;
    t.add("a");
    haft::enlistment other = *t.hooks.add<tock>(t.says.saying("a of tock"), {.name = "a"});
    t.hooks.emit<tick>(1);
    t.hooks.emit<tock>(1);
    CHECK(t.says.take() == strings{"a", "a of tock"});
}

TEST_CASE("Hooks are taken out by name, at one point or at all", "[HK-04]") {
    ordered<tick> t;
    t.add("a");
    haft::enlistment other = *t.hooks.add<tock>(t.says.saying("tock"), {.name = "a"});
    CHECK(t.hooks.remove("a", "tick") == 1);
    t.hooks.emit<tick>(1);
    t.hooks.emit<tock>(1);
    CHECK(t.says.take() == strings{"tock"});
    t.add("a");
    CHECK(t.hooks.remove("a") == 2);
    CHECK(t.hooks.remove("a") == 0);
    CHECK(t.hooks.at<tick>().empty() == t.hooks.list().empty());
    t.hooks.emit<tick>(1);
    CHECK(t.says.take().empty());
}

TEST_CASE("Hooks are switched off and on by name, at one point or at all", "[HK-04]") {
    ordered<tick> t;
    t.add("a");
    t.add("b");
    haft::enlistment other = *t.hooks.add<tock>(t.says.saying("tock"), {.name = "a"});
    const auto emitted = [&] {
        t.hooks.emit<tick>(1);
        t.hooks.emit<tock>(1);
        return t.says.take();
    };
    CHECK(t.hooks.disable("a", "tick") == 1);
    CHECK(emitted() == strings{"b", "tock"});
    CHECK(t.hooks.disable("a") == 2);
    CHECK(emitted() == strings{"b"});
    CHECK_FALSE(t.hooks.list("tick")[0].enabled);
    CHECK(t.hooks.enable("a") == 2);
    CHECK(emitted() == strings{"a", "b", "tock"});
    CHECK(t.hooks.enable("nobody") == 0);
}

TEST_CASE("A handle takes its hook out when it goes, and may outlive the set", "[HK-04]") {
    said says;
    haft::enlistment outlives;
    {
        haft::hook_set hooks;
        {
            haft::enlistment held = *hooks.add<tick>(says.saying("held"), {.name = "held"});
            hooks.emit<tick>(1);
        }
        hooks.emit<tick>(1);
        CHECK(says.take() == strings{"held"});
        outlives = *hooks.add<tick>(says.saying("kept"), {.name = "kept"});
    }
    outlives.withdraw();
}

TEST_CASE("Hooks without a name don't replace each other", "[HK-04]") {
    haft::hook_set hooks;
    said says;
    haft::enlistment a = *hooks.add<tick>(says.saying("a"));
    haft::enlistment b = *hooks.add<tick>(says.saying("b"));
    hooks.emit<tick>(1);
    CHECK(says.take() == strings{"a", "b"});
}
