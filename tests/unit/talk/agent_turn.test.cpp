// SPDX-License-Identifier: BSL-1.0
// A turn as a value: what it waits for, what stands in its history, who takes part in it.
#include <haft/talk/agent_turn.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

using haft::message;
using haft::role;
using haft::turn_state;

namespace {

haft::model_reply says(std::string text, std::vector<haft::tool_call> calls = {}) {
    haft::model_reply out;
    out.reply.text = std::move(text);
    out.reply.calls = std::move(calls);
    out.usage = {10, 2};
    return out;
}
message user(std::string text) { return {.role = role::user, .text = std::move(text)}; }

/// What a runner gives for calls whose tools all give `text`; those named "wait" are paused.
haft::batch_result results(const std::vector<haft::tool_call>& calls, const std::string& text) {
    haft::batch_result out;
    std::size_t n = 0;
    for (haft::tool_call c : calls) {
        if (c.id.empty()) c.id = "tc_" + std::to_string(++n);
        out.calls.push_back(c);
        if (c.name == "wait") {
            out.paused.push_back({c, "for the boss"});
            continue;
        }
        haft::tool_answer a;
        a.id = c.id;
        a.name = c.name;
        a.text = text;
        out.answers.push_back(a);
        out.problems.emplace_back();
    }
    return out;
}

/// `user Hello | assistant Hi [weather c1] | tool c1=sunny`
std::string written(const std::vector<message>& history) {
    std::string out;
    for (const message& m : history) {
        if (!out.empty()) out += " | ";
        out += m.role == role::user     ? "user"
               : m.role == role::system ? "system"
               : m.role == role::tool   ? "tool"
                                        : "assistant";
        if (!m.text.empty()) out += " " + m.text;
        for (const haft::tool_call& c : m.calls) out += " [" + c.name + " " + c.id + "]";
        for (const haft::tool_answer& a : m.answers) out += " " + a.id + "=" + a.text;
    }
    return out;
}

}  // namespace

TEST_CASE("A turn without calls is a prompt and a reply", "[EX-07]") {
    haft::agent_turn turn({}, user("Hello"), {.system = "Be kind."});
    REQUIRE(turn.state() == turn_state::model);
    CHECK(turn.request().system == "Be kind.");
    CHECK(written(turn.request().messages) == "user Hello");
    turn.replied(says("Hi"));
    REQUIRE(turn.state() == turn_state::finished);
    CHECK(turn.reply().text == "Hi");
    CHECK(written(turn.history()) == "user Hello | assistant Hi");
    CHECK(turn.usage().input == 10);
    CHECK(turn.rounds() == 1);
}

TEST_CASE("Calls are answered, with ids if they came without, and the model is asked again", "[EX-09]") {
    haft::agent_turn turn({}, user("Weather?"));
    turn.replied(says("Let me see", {{"", "weather", "{}"}, {"c2", "time", "{}"}}));
    REQUIRE(turn.state() == turn_state::calls);
    REQUIRE(turn.calls().size() == 2);
    turn.answered(results(turn.calls(), "sunny"));
    REQUIRE(turn.state() == turn_state::model);
    CHECK(written(turn.request().messages) ==
          "user Weather? | assistant Let me see [weather tc_1] [time c2] | tool tc_1=sunny c2=sunny");
    turn.replied(says("Sunny"));
    CHECK(turn.state() == turn_state::finished);
    CHECK(turn.usage().output == 4);
}

TEST_CASE("After the last round with tools the model is asked once more, without them, for what it has", "[EX-07]") {
    const haft::toolset none;
    const haft::formats::name_map names(none);
    haft::agent_turn turn({}, user("Go"), {.tools = &names, .rounds = {.max_rounds = 2}});
    for (const char* id : {"c1", "c2"}) {
        CHECK(turn.request().tools == &names);
        turn.replied(says("", {{id, "look", "{}"}}));
        REQUIRE(turn.state() == turn_state::calls);
        turn.answered(results(turn.calls(), "found"));
    }
    REQUIRE(turn.state() == turn_state::model);
    CHECK(turn.request().tools == nullptr);
    CHECK(written(turn.request().messages) ==
          "user Go | assistant [look c1] | tool c1=found | assistant [look c2] | tool c2=found | system The limit of 2 "
          "rounds of "
          "tool calls is reached. Answer now with what you know; no tools can be called any more.");
    turn.replied(says("I have this"));
    CHECK(turn.state() == turn_state::finished);
    CHECK(turn.reply().text == "I have this");
    CHECK(turn.history().size() == 6);  // what the model was told about the limit is no part of the talk
}

TEST_CASE("A model that calls though there are no tools any more gets no further round", "[EX-07][IO-07]") {
    haft::agent_turn turn({}, user("Go"), {.rounds = {.max_rounds = 1}});
    turn.replied(says("", {{"c1", "look", "{}"}}));
    turn.answered(results(turn.calls(), "found"));
    turn.replied(says("One more", {{"c2", "look", "{}"}}));
    REQUIRE(turn.state() == turn_state::finished);
    CHECK(turn.reply().text == "One more");
    CHECK(turn.history().back().answers.at(0).text == "Error: the call was not made: no tools can be called any more");
}

TEST_CASE("Without a limit the rounds go on", "[EX-07]") {
    haft::agent_turn turn({}, user("Go"), {.rounds = {.max_rounds = 0}});
    for (int i = 0; i < 30; ++i) {
        turn.replied(says("", {{"c" + std::to_string(i), "look", "{}"}}));
        REQUIRE(turn.state() == turn_state::calls);
        turn.answered(results(turn.calls(), "more"));
    }
    turn.replied(says("done"));
    CHECK(turn.state() == turn_state::finished);
    CHECK(turn.rounds() == 31);
}

TEST_CASE("A paused call stops the turn; one that is made of its history goes on with that call alone", "[EX-08]") {
    haft::agent_turn turn({}, user("Pay"));
    turn.replied(says("", {{"c1", "look", "{}"}, {"c2", "wait", "{}"}}));
    turn.answered(results(turn.calls(), "found"));
    REQUIRE(turn.state() == turn_state::paused);
    REQUIRE(turn.paused_calls().size() == 1);
    CHECK(turn.paused_calls()[0].reason == "for the boss");
    CHECK(written(turn.history()) == "user Pay | assistant [look c1] [wait c2] | tool c1=found");

    haft::agent_turn later(turn.history());
    REQUIRE(later.state() == turn_state::calls);
    REQUIRE(later.calls().size() == 1);
    CHECK(later.calls()[0].id == "c2");
    haft::batch_result now = results(later.calls(), "");
    now.paused.clear();
    now.answers.push_back({"c2", "wait", "paid"});
    now.problems.emplace_back();
    later.answered(std::move(now));
    REQUIRE(later.state() == turn_state::model);
    CHECK(written(later.history()) == "user Pay | assistant [look c1] [wait c2] | tool c1=found c2=paid");
    CHECK(later.rounds() == 2);
}

TEST_CASE("A turn is taken up where a history ends, whatever that is", "[EX-08]") {
    CHECK(haft::agent_turn({}).state() == turn_state::finished);
    CHECK(haft::agent_turn({user("Hello")}).state() == turn_state::model);
    CHECK(haft::agent_turn({user("Hello"), {.role = role::assistant, .text = "Hi"}}).state() == turn_state::finished);
    // What a hook has said behind the last word is nothing to reply to.
    CHECK(haft::agent_turn(
              {user("Hello"), {.role = role::assistant, .text = "Hi"}, {.role = role::system, .text = "saved"}})
              .state() == turn_state::finished);
}

TEST_CASE("Who talks on instead of waiting answers the open calls by that", "[IO-07]") {
    haft::agent_turn turn({user("Pay"), {.role = role::assistant, .calls = {{"c1", "wait", "{}"}}}},
                          user("Never mind"));
    CHECK(written(turn.history()) ==
          "user Pay | assistant [wait c1] | tool c1=Error: the call was not made: the talk went on without it | user "
          "Never mind");
}

TEST_CASE("A model that fails ends the turn with its reason", "[EX-07]") {
    haft::agent_turn turn({}, user("Hello"));
    turn.replied(haft::error{haft::errc::tool_failed, "no line"});
    REQUIRE(turn.state() == turn_state::failed);
    CHECK(turn.problem().message == "no line");
    CHECK(written(turn.history()) == "user Hello");
}

TEST_CASE("Hooks of a turn see what happens, in this order, and their messages stand where they said them",
          "[HK-01][HK-05]") {
    haft::hook_set hooks;
    std::string seen;
    const auto note = [&](const char* what) { seen += std::string(seen.empty() ? "" : " ") + what; };
    std::vector<haft::enlistment> held;
    held.push_back(*hooks.add<haft::turn_pre>([&](const haft::turn_pre::data& d) {
        note("turn_pre");
        return haft::replace_text(d.input.text + "!");
    }));
    held.push_back(*hooks.add<haft::step_pre>([&] { note("step_pre"); }));
    held.push_back(*hooks.add<haft::generation_pre>([&](const haft::generation_pre::data& d) {
        note("generation_pre");
        CHECK(d.model == "m1");
        return message{.role = role::system, .text = "time: " + std::to_string(d.log->size())};
    }));
    held.push_back(*hooks.add<haft::message_transform>([&](const haft::message_transform::data& d) {
        note("message_transform");
        return haft::replace_text("<" + d.message.text + ">");
    }));
    held.push_back(*hooks.add<haft::generation_post>([&](const haft::generation_post::data& d) {
        note("generation_post");
        return message{.role = role::system, .text = "saw " + d.reply.text};
    }));
    held.push_back(*hooks.add<haft::step_post>([&] { note("step_post"); }));
    held.push_back(*hooks.add<haft::loop_continue>([&] { note("loop_continue"); }));
    held.push_back(*hooks.add<haft::turn_post>([&](const haft::turn_post::data& d) {
        note("turn_post");
        return haft::replace_text(d.reply.text + ".");
    }));
    haft::agent_turn turn({}, user("Hello"), {.model = "m1", .hooks = &hooks});
    turn.replied(says("Wait", {{"c1", "look", "{}"}}));
    turn.answered(results(turn.calls(), "found"));
    turn.replied(says("Done"));
    CHECK(turn.state() == turn_state::finished);
    CHECK(seen ==
          "turn_pre step_pre generation_pre message_transform generation_post step_post step_pre generation_pre "
          "message_transform generation_post step_post loop_continue turn_post");
    // Nothing comes between calls and their answers.
    CHECK(written(turn.history()) ==
          "user Hello! | system time: 1 | assistant <Wait> [look c1] | tool c1=found | system saw <Wait> | system "
          "time: 5 | "
          "assistant <Done>. | system saw <Done>");
    CHECK(turn.reply().text == "<Done>.");
}

TEST_CASE("A hook of loop_continue keeps a turn going, within the limit", "[HK-01]") {
    haft::hook_set hooks;
    const auto held = hooks.add<haft::loop_continue>([] { return message{.role = role::user, .text = "go on"}; });
    haft::agent_turn turn({}, user("Count"), {.rounds = {.max_rounds = 3}, .hooks = &hooks});
    int replies = 0;
    while (turn.state() == turn_state::model) turn.replied(says(std::to_string(++replies)));
    CHECK(turn.state() == turn_state::finished);
    CHECK(written(turn.history()) == "user Count | assistant 1 | user go on | assistant 2 | user go on | assistant 3");
}

TEST_CASE("A veto before a generation ends the turn", "[HK-06]") {
    haft::hook_set hooks;
    const auto held = hooks.add<haft::generation_pre>([] { return haft::veto("the budget is spent"); });
    haft::agent_turn turn({}, user("Hello"), {.hooks = &hooks});
    REQUIRE(turn.state() == turn_state::failed);
    CHECK(turn.problem().text() == "the model was not asked: the budget is spent [haft-E0374]");
}

TEST_CASE("What had come of an interrupted reply stays, without its calls, and hooks are told", "[HK-01]") {
    haft::hook_set hooks;
    std::string reason;
    const auto held =
        hooks.add<haft::generation_interrupt>([&](const haft::generation_interrupt::data& d) { reason = d.reason; });
    haft::agent_turn turn({}, user("Tell me"), {.hooks = &hooks});
    turn.interrupted(says("Once upon", {{"c1", "look", "{}"}}).reply, "the user has heard enough");
    CHECK(turn.state() == turn_state::interrupted);
    CHECK(reason == "the user has heard enough");
    CHECK(written(turn.history()) == "user Tell me | assistant Once upon");
}

TEST_CASE("What a hook that changes a reply says stands behind the reply", "[HK-01]") {
    haft::hook_set hooks;
    const auto held = hooks.add<haft::message_transform>(
        []() -> haft::hook_reply { return message{.role = role::system, .text = "it was looked at"}; });
    haft::agent_turn turn({}, user("Hello"), {.hooks = &hooks});
    turn.replied(says("Hi"));
    CHECK(written(turn.history()) == "user Hello | assistant Hi | system it was looked at");
}

TEST_CASE("A hook may end the session from within a turn", "[HK-07]") {
    haft::hook_set hooks;
    const auto held = hooks.add<haft::generation_post>([] { throw haft::session_complete("all done"); });
    haft::agent_turn turn({}, user("Hello"), {.hooks = &hooks});
    CHECK_THROWS_AS(turn.replied(says("Hi")), haft::session_complete);
}

TEST_CASE("Prompts and results go through the enrichers, errors do not", "[EN-01]") {
    haft::enrichment_set enrichers;
    struct expander {
        std::string enrich_prompt(const std::string& prompt) { return prompt + " (expanded)"; }
        std::string enrich_tool_result(const std::string& tool, const std::string& text, const std::string& arguments) {
            return tool + arguments + ": " + text;
        }
    };
    const auto held = enrichers.add(expander{}, {.name = "references"});
    haft::agent_turn turn({}, user("See @a"), {.enrichers = &enrichers});
    turn.replied(says("", {{"", "look", "{\"at\":1}"}, {"", "look", "{\"at\":2}"}, {"c3", "look", "{}"}}));
    haft::batch_result batch = results(turn.calls(), "found");
    batch.answers[2].is_error = true;
    turn.answered(std::move(batch));
    CHECK(written(turn.history()) ==
          "user See @a (expanded) | assistant [look tc_1] [look tc_2] [look c3] | tool tc_1=look{\"at\":1}: found "
          "tc_2=look{\"at\":2}: found c3=found");
}

TEST_CASE("What hooks said around calls stands behind their answers, and before calls that are paused",
          "[EX-08][HK-05]") {
    const auto with_message = [](haft::batch_result batch) {
        batch.messages.push_back({.role = role::system, .text = "careful"});
        return batch;
    };
    haft::agent_turn turn({}, user("Go"));
    turn.replied(says("", {{"c1", "look", "{}"}}));
    turn.answered(with_message(results(turn.calls(), "found")));
    CHECK(written(turn.history()) == "user Go | assistant [look c1] | tool c1=found | system careful");
    turn.replied(says("", {{"c2", "look", "{}"}, {"c3", "wait", "{}"}}));
    turn.answered(with_message(results(turn.calls(), "more")));
    REQUIRE(turn.state() == turn_state::paused);
    CHECK(written(turn.history()) ==
          "user Go | assistant [look c1] | tool c1=found | system careful | system careful | assistant [look c2] [wait "
          "c3] | "
          "tool c2=more");
    CHECK(haft::agent_turn(turn.history()).calls().size() == 1);
}
