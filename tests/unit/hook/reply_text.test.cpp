// SPDX-License-Identifier: BSL-1.0
// A typed hook that is called in words replies in words, and means the same as if it stood in the host.
#include <haft/hook.hpp>
#include <haft/hook/reply_text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace detail = haft::detail;

template <class Point, class F>
haft::result<std::string> said(F f, std::string_view data = "{}", const haft::stop_token& stop = {}) {
    const auto entry = detail::make_entry<Point>(f, {});
    return detail::call_in_words<Point>(*entry, data, stop);
}
template <class Point, class F>
std::string text(F f, std::string_view data = "{}") {
    const auto given = said<Point>(f, data);
    return given ? *given : given.error().text();
}

struct measured {
    [[maybe_unused]] static constexpr std::string_view name = "measured";
    using signature = int(std::string_view, int);
};
struct noticed {
    [[maybe_unused]] static constexpr std::string_view name = "noticed";
    using signature = void(int);
};

}  // namespace

TEST_CASE("Each kind of reply has its words") {
    using haft::tool_pre_execute;
    CHECK(text<tool_pre_execute>([] {}).empty());
    CHECK(text<tool_pre_execute>([] { return haft::hook_reply{}; }).empty());
    CHECK(text<tool_pre_execute>([] { return haft::say("a \"b\""); }) ==
          R"({"messages":[{"role":"system","text":"a \"b\""}]})");
    CHECK(text<tool_pre_execute>([] { return haft::veto("no"); }) == R"({"veto":"no"})");
    CHECK(text<tool_pre_execute>([] { return haft::stop_hooks{}; }) == R"({"stop":true})");
    CHECK(text<tool_pre_execute>([] { return haft::replace_arguments("{}"); }) == R"({"replace":"{}"})");
    CHECK(text<tool_pre_execute>([] { throw haft::session_complete("done"); }) == R"({"session_complete":"done"})");
    CHECK(text<haft::turn_post>([](const haft::message& reply) -> std::optional<haft::replace_text> {
              if (reply.text == "x") return haft::replace_text("y");
              return {};
          }, R"({"reply":{"text":"x"}})") == R"({"replace":"y"})");
    CHECK(text<haft::elicit>([](const haft::elicit::data& d) { return d.question + "!"; }, R"({"question":"why"})") ==
          R"("why!")");
    CHECK(text<haft::tool_confirm>([] { return haft::approval{false, "late"}; }) ==
          R"({"given":false,"reason":"late"})");
    CHECK(text<measured>([](std::string_view word, int n) { return static_cast<int>(word.size()) * n; },
                         R"(["abc",7])") == "21");
    CHECK(text<noticed>([](int) {}, "[1]").empty());
}

TEST_CASE("Several messages stand in their order") {
    const auto talks = []() -> haft::generator<haft::message> {
        co_yield haft::say("one", haft::role::user);
        co_yield haft::say("two", haft::role::assistant);
    };
    CHECK(text<haft::turn_pre>(talks) ==
          R"({"messages":[{"role":"user","text":"one"},{"role":"assistant","text":"two"}]})");
}

TEST_CASE("What can't be said in words is an error") {
    CHECK(text<haft::turn_pre>([] { return haft::message{.attachments = {haft::image{"x"}}}; })
              .starts_with("the reply of a hook holds a message with attachments, which can't be said"));
    CHECK(text<haft::turn_pre>([] { return haft::message{.calls = {{"1", "a", "{}"}}}; })
              .starts_with("the reply of a hook holds a message with calls"));
    CHECK(text<haft::elicit>([]() -> std::string { throw haft::session_complete("over"); })
              .starts_with("a hook ends the session (over) at elicit"));
    CHECK(text<haft::turn_pre>([] { throw std::runtime_error("disk full"); }) == "disk full [haft-E0290]");
    CHECK(text<haft::turn_pre>([] {}, "[]").starts_with("the data of a hook, at \"\": expected an object"));
    STATIC_CHECK(detail::can_tell_result<haft::tool_confirm>());
}

TEST_CASE("A hook that is called in words sees that it is to stop") {
    struct asked {
        bool stop_requested() const { return true; }
    } const source;
    const auto given = said<haft::turn_pre>(
        [](haft::stop_token stop) { return haft::say(stop.stop_requested() ? "stops" : "goes on"); }, "{}",
        haft::stop_token(source));
    REQUIRE(given);
    CHECK(given->find("stops") != std::string::npos);
}

TEST_CASE("What is said in words is taken as it was meant") {
    haft::hook_reply reply;
    reply.messages = {{.role = haft::role::user, .text = "one"}};
    reply.stopped = true;
    reply.vetoed = "no";
    reply.replacement = "other";
    const auto words = detail::reply_text(reply);
    REQUIRE(words);
    const haft::hook_reply back = detail::read_hook_reply(*words);
    REQUIRE(back.messages.size() == 1);
    CHECK(back.messages[0].role == haft::role::user);
    CHECK(back.messages[0].text == "one");
    CHECK(back.stopped);
    CHECK(back.vetoed == "no");
    CHECK(back.replacement == "other");
}

TEST_CASE("A hook that knows no types can end the session") {
    haft::hook_set hooks;
    const auto ends = hooks.add_named("turn_pre", {.name = "ends"}, [](std::string_view) -> haft::result<std::string> {
        return std::string(R"({"session_complete":"enough"})");
    });
    REQUIRE(ends);
    CHECK_THROWS_AS(hooks.emit<haft::turn_pre>({}), haft::session_complete);
    CHECK(hooks.errors().empty());
}
