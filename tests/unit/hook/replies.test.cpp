// SPDX-License-Identifier: BSL-1.0
// What hooks say: messages, an end, a veto, other arguments.
#include <haft/hook.hpp>

#include "unit/hook/support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <vector>

using haft::message;
using haft::session_start;
using haft::tool_pre_execute;

TEST_CASE("Messages come in the order of the hooks, none, one or many of each", "[HK-05]") {
    haft::hook_set hooks;
    const auto a = hooks.add<session_start>([] { return message{.text = "one"}; }, {.name = "a", .priority = 5});
    const auto b = hooks.add<session_start>([] {}, {.name = "b", .priority = 4});
    const auto c = hooks.add<session_start>([] { return std::vector<message>{{.text = "two"}, {.text = "three"}}; },
                                            {.name = "c", .priority = 3});
    const auto d = hooks.add<session_start>(
        [](const session_start::data& data) -> haft::generator<message> {
            for (const char* word : {"four", "five"}) co_yield haft::say(data.workspace + word);
        },
        {.name = "d", .priority = 2});
    const auto e =
        hooks.add<session_start>([]() -> std::optional<message> { return std::nullopt; }, {.name = "e", .priority = 1});
    const auto f =
        hooks.add<session_start>([]() -> std::optional<message> { return message{.text = "six"}; }, {.name = "f"});
    CHECK(texts(hooks.emit<session_start>({.workspace = "/"})) ==
          string_list{"one", "two", "three", "/four", "/five", "six"});
    CHECK(hooks.errors().empty());
}

TEST_CASE("What a generator gave before it threw counts", "[HK-05]") {
    haft::hook_set hooks;
    const auto a = hooks.add<session_start>(
        []() -> haft::generator<message> {
            co_yield haft::say("before");
            throw std::runtime_error("broken");
        },
        {.name = "a"});
    const auto b = hooks.add<session_start>([] { return message{.text = "after"}; }, {.name = "b"});
    CHECK(texts(hooks.emit<session_start>({})) == string_list{"before", "after"});
    REQUIRE(hooks.errors().size() == 1);
    CHECK(hooks.errors()[0].text() == "hook \"a\" at session_start: broken [haft-E0290]");
}

TEST_CASE("A generator runs as far as it is asked to, and lets go what it holds", "[HK-05]") {
    int made = 0;
    const auto held = std::make_shared<int>(1);
    const auto counting = [](int& n, std::shared_ptr<int>) -> haft::generator<int> {
        for (;;) co_yield ++n;
    };
    {
        haft::generator<int> g = counting(made, held);
        CHECK(made == 0);
        CHECK(*g.next() == 1);
        CHECK(*g.next() == 2);
        haft::generator<int> moved = std::move(g);
        CHECK(*moved.next() == 3);
        CHECK(g.next() == nullptr);
        CHECK(held.use_count() == 2);
    }
    CHECK(held.use_count() == 1);
    CHECK(made == 3);
}

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 15
TEST_CASE("What a g++ before 15 would destroy twice can't be yielded", "[HK-05]") {
    STATIC_CHECK_FALSE(haft::detail::can_be_yielded<message>);
    STATIC_CHECK(haft::detail::can_be_yielded<haft::say>);
    STATIC_CHECK(haft::detail::can_be_yielded<haft::hook_reply>);
}
#endif

TEST_CASE("stop_hooks ends the hooks of lower priority", "[HK-06]") {
    haft::hook_set hooks;
    said says;
    const auto a = hooks.add<session_start>([] { return haft::stop_hooks{}; }, {.name = "a", .priority = 1});
    const auto b = hooks.add<session_start>(says.saying("b"), {.name = "b"});
    const haft::hook_reply reply = hooks.emit<session_start>({});
    CHECK(reply.stopped);
    CHECK(reply.proceeds());
    CHECK(says.take().empty());
}

TEST_CASE("A generator may end the others, too, and then goes on no further itself", "[HK-06]") {
    haft::hook_set hooks;
    said says;
    const auto a = hooks.add<session_start>(
        [&says]() -> haft::generator<haft::hook_reply> {
            co_yield haft::say("last");
            co_yield haft::stop_hooks{};
            says.all.push_back("went on");
        },
        {.name = "a", .priority = 1});
    const auto b = hooks.add<session_start>(says.saying("b"), {.name = "b"});
    CHECK(texts(hooks.emit<session_start>({})) == string_list{"last"});
    CHECK(says.take().empty());
}

TEST_CASE("A veto has its reason, and asks nobody further", "[HK-06]") {
    haft::hook_set hooks;
    said says;
    const auto a = hooks.add<tool_pre_execute>(
        [](const haft::tool_call& call) -> std::optional<haft::veto> {
            if (call.arguments.find("rm -rf") == std::string::npos) return std::nullopt;
            return haft::veto("nothing is removed here");
        },
        {.name = "a", .priority = 1});
    const auto b = hooks.add<tool_pre_execute>(says.saying("b"), {.name = "b"});
    const haft::hook_reply fine =
        hooks.emit<tool_pre_execute>({.call = {.id = "", .name = "shell", .arguments = "ls"}});
    CHECK(fine.proceeds());
    CHECK(says.take() == string_list{"b"});
    const haft::hook_reply no =
        hooks.emit<tool_pre_execute>({.call = {.id = "", .name = "shell", .arguments = "rm -rf /"}});
    CHECK_FALSE(no.proceeds());
    CHECK(no.vetoed == "nothing is removed here");
    CHECK(says.take().empty());
}

TEST_CASE("Other arguments are seen by the hooks that come later, and by who emits", "[HK-06]") {
    haft::hook_set hooks;
    const auto a = hooks.add<tool_pre_execute>([] { return haft::replace_arguments(R"({"days":3})"); },
                                               {.name = "a", .priority = 2});
    std::string seen;
    const auto b = hooks.add<tool_pre_execute>([&](const haft::tool_call& call) { seen = call.arguments; },
                                               {.name = "b", .priority = 1});
    const auto c = hooks.add<tool_pre_execute>(
        [](const haft::tool_call& call) -> haft::hook_reply { return haft::replace_arguments(call.arguments + " "); },
        {.name = "c"});
    const tool_pre_execute::data data{.call = {.id = "1", .name = "forecast", .arguments = "{}"}};
    const haft::hook_reply reply = hooks.emit<tool_pre_execute>(data);
    CHECK(seen == R"({"days":3})");
    CHECK(reply.replacement == R"({"days":3} )");
    CHECK(data.call.arguments == "{}");  // whoever emits decides
}

TEST_CASE("Each point takes what is its own text instead", "[HK-06]") {
    haft::hook_set hooks;
    const auto a = hooks.add<haft::turn_pre>([](const message& m) { return haft::replace_text(m.text + "!"); });
    const auto b = hooks.add<haft::file_pre_save>(
        [](haft::arg<"content", std::string> c) { return haft::replace_content(*c + "\n"); });
    const auto c = hooks.add<haft::tool_post_execute>(
        [](const haft::tool_answer& r) { return haft::replace_result("[" + r.text + "]"); });
    CHECK(hooks.emit<haft::turn_pre>({.input = {.text = "hi"}}).replacement == "hi!");
    CHECK(hooks.emit<haft::file_pre_save>({.content = "x"}).replacement == "x\n");
    CHECK(hooks.emit<haft::tool_post_execute>({.result = {.id = "", .name = "", .text = "1"}}).replacement == "[1]");
}

TEST_CASE("A veto or another text where there is nothing of the kind is an error of the hook", "[HK-06]") {
    haft::hook_set hooks;
    const auto a = hooks.add<session_start>([]() -> haft::hook_reply { return haft::veto("no"); }, {.name = "a"});
    const auto b =
        hooks.add<session_start>([]() -> haft::hook_reply { return haft::replace_text("x"); }, {.name = "b"});
    const haft::hook_reply reply = hooks.emit<session_start>({});
    CHECK(reply.proceeds());
    CHECK_FALSE(reply.replacement);
    REQUIRE(hooks.errors().size() == 2);
    CHECK(hooks.errors()[0].text() ==
          "hook \"a\" at session_start: there is nothing to veto at this point [haft-E0299]");
    CHECK(hooks.errors()[1].text() ==
          "hook \"b\" at session_start: there is nothing to replace at this point [haft-E0299]");
}
