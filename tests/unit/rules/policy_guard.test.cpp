// SPDX-License-Identifier: BSL-1.0
// A policy at work: who is asked, what they may answer, and what holds afterwards.
#include "tools.hpp"

#include <haft/rules/policy_guard.hpp>
#include <haft/views.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using haft::permission_reply;
using kind = haft::permission_reply::kind;

struct paid {
    int amount = 1;
    std::string to = "nobody";
};

/// A policy that asks about everything, and a person with prepared answers.
struct scene {
    haft::toolset tools;
    int runs = 0;
    std::vector<permission_reply> answers;
    std::vector<std::string> asked;
    haft::policy_guard guard;

    explicit scene(std::vector<permission_reply> replies, haft::policy p = asking())
        : answers(std::move(replies)),
          guard(std::move(p), [this](const haft::permission_question& q) {
              asked.push_back(q.call.shown + ": " + q.why);
              if (asked.size() > answers.size()) throw std::runtime_error("asked once too often");
              return answers[asked.size() - 1];
          }) {
        REQUIRE(tools.add("pay", {.description = "Pays", .effect = haft::destructive},
                          [this](const paid& given) { return ++runs, given.amount; }));
        REQUIRE(tools.add("look", {.description = "Looks", .effect = haft::read_only}, [this] { return ++runs; }));
    }
    static haft::policy asking() {
        haft::policy p;
        p.blacklist = {haft::argument_prefix("pay", "to", "the mafia")};
        p.otherwise = haft::verdict::ask;
        return p;
    }
    haft::permission judge(std::string_view name, std::string_view arguments = "{}") {
        return guard.judge(*tools.find(name), arguments);
    }
};

std::string refusal(const haft::permission& p) { return p.refusal ? p.refusal->text() : "given"; }

}  // namespace

TEST_CASE("Yes is for this call: allow and once remember nothing", "[EX-12]") {
    for (const kind yes : {kind::allow, kind::once}) {
        scene s({{yes}, {kind::deny}});
        CHECK(s.judge("pay").given());
        CHECK(refusal(s.judge("pay")) == R"(tool "pay" was not called: approval was denied [haft-E0262])");
        CHECK(s.guard.session() == haft::policy_session{});
    }
}

TEST_CASE("Deny tells the model why, and comment what the person says", "[EX-12]") {
    scene s({{kind::deny, "too much"}, {kind::comment, "ask Bob first\x1b[2J"}, {kind::timeout}});
    CHECK(refusal(s.judge("pay")) == R"(tool "pay" was not called: approval was denied: too much [haft-E0262])");
    CHECK(refusal(s.judge("pay")) ==
          "tool \"pay\" was not called: whoever was asked says: ask Bob first\xEF\xBF\xBD[2J [haft-E0262]");
    CHECK(refusal(s.judge("pay")) == R"(tool "pay" was not called: nobody answered in time [haft-E0262])");
}

TEST_CASE("Session is for this tool, and never as well", "[EX-12]") {
    scene s({{kind::session}, {kind::never}});
    CHECK(s.judge("pay").given());
    CHECK(s.judge("pay", R"({"amount":2})").given());
    CHECK(refusal(s.judge("pay", R"({"to":"the mafia"})")).find("is on the blacklist") != std::string::npos);
    CHECK_FALSE(s.judge("look").given());
    CHECK(refusal(s.judge("look")).find("on the blacklist of this session") != std::string::npos);
    CHECK(s.asked.size() == 2);
}

TEST_CASE("All, turn and until-idle are for every call that no list refuses, for so long", "[EX-12]") {
    {
        scene s({{kind::all}});
        CHECK(s.judge("pay").given());
        s.guard.turn_ended();
        s.guard.became_idle();
        CHECK(s.judge("look").given());
        CHECK_FALSE(s.judge("pay", R"({"to":"the mafia"})").given());
    }
    {
        scene s({{kind::turn}, {kind::deny}});
        CHECK(s.judge("pay").given());
        CHECK(s.judge("look").given());
        s.guard.turn_ended();
        CHECK_FALSE(s.judge("look").given());
    }
    {
        scene s({{kind::until_idle}, {kind::deny}});
        CHECK(s.judge("pay").given());
        s.guard.turn_ended();
        CHECK(s.judge("look").given());
        s.guard.became_idle();
        CHECK_FALSE(s.judge("look").given());
    }
}

TEST_CASE("Edited arguments are held against the tool and the policy before they count", "[EX-12][fault-149]") {
    scene s({{kind::edit, R"({"amount": 5.0})"}});
    const haft::permission p = s.judge("pay", R"({"amount":500})");
    REQUIRE(p.given());
    CHECK(*p.arguments == R"({"amount":5})");

    scene wrong({{kind::edit, R"({"amount":"five"})"}, {kind::edit, R"({"amonut":5})"}, {kind::edit, R"({"amount":5})"}});
    CHECK(*wrong.judge("pay", R"({"amount":500})").arguments == R"({"amount":5})");
    REQUIRE(wrong.asked.size() == 3);
    CHECK(wrong.asked[1].find("expected integer") != std::string::npos);
    CHECK(wrong.asked[2].find("did you mean \"amount\"") != std::string::npos);

    scene never_right({{kind::edit, "{"}, {kind::edit, "[]"}, {kind::edit, R"({"amount":"five"})"}});
    CHECK_FALSE(never_right.judge("pay").given());
    CHECK(never_right.asked.size() == 3);

    scene refused({{kind::edit, R"({"to":"the mafia"})"}});
    CHECK(refusal(refused.judge("pay")).find("haft-E0355") != std::string::npos);
    CHECK(refused.asked.size() == 1);
}

TEST_CASE("Nobody to ask, or asking that throws, is a no", "[EX-12]") {
    scene s({});
    CHECK(refusal(s.judge("pay")) == R"(tool "pay" was not called: asking for approval failed [haft-E0262])");
    CHECK(refusal(s.judge("pay", "[1]")) == R"(the arguments of "pay" are no JSON object [haft-E0357])");
    CHECK(s.asked.size() == 1);
    haft::policy_guard alone(scene::asking());
    CHECK(refusal(alone.judge(*s.tools.find("look"), "{}")) ==
          R"(tool "look" was not called: it needs approval (no rule speaks of it), and there is nobody to give it [haft-E0262])");
}

TEST_CASE("A guard is the approver of tools that ask for one, and an edit is a no there", "[EX-12]") {
    scene s({{kind::allow}, {kind::deny}, {kind::edit, R"({"amount":1})"}});
    const haft::toolset asking = s.tools | haft::views::require_approval();
    haft::call_options how;
    how.asked = &s.guard;
    CHECK(asking.call("pay", R"({"amount":7})", how));
    CHECK(s.runs == 1);
    CHECK_FALSE(asking.call("pay", R"({"amount":7})", how));
    const auto edited = asking.call("pay", R"({"amount":7})", how);
    REQUIRE_FALSE(edited);
    CHECK(edited.error().message.find("make the call with {\"amount\":1}") != std::string::npos);
    CHECK(s.runs == 1);
}

TEST_CASE("What somebody demands a person is asked, whatever is permitted, and lists can only refuse it", "[NX-08][NX-17][EX-12]") {
    haft::policy p = scene::asking();
    p.whitelist = {"pay"};
    scene s({{kind::all}, {kind::session}, {kind::deny, "no"}, {kind::never}}, p);
    haft::tool wanted = *s.tools.find("pay");
    CHECK(s.guard.ask(wanted, "{}").given);
    CHECK(s.asked.empty());
    CHECK(s.guard.demand(wanted, "{}", "it is much").given);
    REQUIRE(s.asked.size() == 1);
    CHECK(s.asked[0] == "pay(): it is much");
    CHECK(s.guard.demand(wanted, "{}", "it is more").given);
    CHECK(s.guard.session().whitelist.empty());  // yes to this call
    CHECK(s.guard.demand(wanted, "{}", "it is most").reason.ends_with("approval was denied: no"));
    CHECK(s.asked.size() == 3);
    CHECK_FALSE(s.guard.demand(wanted, R"({"to":"the mafia"})", "why").given);
    CHECK(s.asked.size() == 3);
    CHECK_FALSE(s.guard.demand(wanted, "{}", "why").given);
    CHECK_FALSE(s.guard.demand(wanted, "{}", "why").given);  // never
    CHECK(s.asked.size() == 4);

    p.otherwise = haft::verdict::deny;  // by an owner's permission the call may have come so far all the same
    scene unlisted({{kind::allow}}, p);
    CHECK(unlisted.guard.demand(*unlisted.tools.find("look"), "{}", "why").given);

    haft::policy_guard alone(p);
    CHECK_FALSE(alone.demand(wanted, "{}", "why").given);
    scene edits({{kind::edit, R"({"amount":1})"}}, p);
    CHECK_FALSE(edits.guard.demand(wanted, "{}", "why").given);
}

TEST_CASE("Yes to a tool in this session is for that tool of that owner", "[EX-12]") {
    scene s({{kind::session}, {kind::deny}, {kind::deny}});
    const haft::tool& pay = *s.tools.find("pay");
    CHECK(s.guard.judge(pay, "{}", {}, "bank").given());
    CHECK(s.guard.judge(pay, R"({"amount":2})", {}, "bank").given());
    CHECK(s.asked.size() == 1);
    CHECK_FALSE(s.guard.judge(pay, "{}", {}, "somebody").given());
    haft::tool other = pay;
    other.description = "Pays everything";
    CHECK_FALSE(s.guard.judge(other, "{}", {}, "bank").given());
    CHECK(s.asked.size() == 3);
}

TEST_CASE("Who waits to be asked hears what was answered before", "[EX-12]") {
    std::atomic<int> asked = 0;
    haft::toolset tools;
    int runs = 0;
    run_test::add_counting(tools, "write", haft::destructive, runs);
    // The first is asked until all the others have found that somebody has to be, and wait.
    std::atomic<int> looked = 0;
    haft::policy p = scene::asking();
    p.sanitisers.push_back({"counts", "*", "*", [&](std::string_view) { return ++looked, std::string(); }});
    haft::policy_guard guard(p, [&](const haft::permission_question&) {
        while (looked < 9) std::this_thread::yield();
        ++asked;
        return permission_reply{kind::all};
    });
    std::atomic<int> given = 0;
    {
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { given += guard.judge(tools[0], R"({"text":"a"})").given(); });
        for (std::thread& t : threads) t.join();
    }
    CHECK(given == 8);
    CHECK(asked == 1);
}

TEST_CASE("What people type is read as an answer, or not at all", "[EX-12]") {
    const auto read = [](std::string_view typed) { return haft::read_permission_reply(typed); };
    CHECK(read("y") == permission_reply{kind::allow});
    CHECK(read(" never\n") == permission_reply{kind::never});
    CHECK(read("always") == permission_reply{kind::session});
    CHECK(read("until-idle") == permission_reply{kind::until_idle});
    CHECK(read("edit  {\"a\": 1}") == permission_reply{kind::edit, "{\"a\": 1}"});
    CHECK(read("comment use the other one") == permission_reply{kind::comment, "use the other one"});
    CHECK(read("deny too much") == permission_reply{kind::deny, "too much"});
    for (const std::string_view wrong : {"", "  ", "yep", "edit", "comment ", "all of it", "Y"}) {
        INFO(wrong);
        CHECK_FALSE(read(wrong));
    }
}
