// SPDX-License-Identifier: BSL-1.0
// Several who may answer for a call.
#include "tools.hpp"

#include <haft/rules/approval_chain.hpp>
#include <haft/rules/policy_guard.hpp>
#include <haft/views.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using haft::confirmation;
using kind = haft::confirmation::kind;

const haft::tool reads = run_test::named("read", haft::read_only);
const haft::tool erases = run_test::named("erase", haft::destructive);
const haft::tool unknown = run_test::named("run");

auto says(confirmation what) {
    return [what](const haft::tool&, std::string_view) { return what; };
}

/// Numbers that are the same on every machine.
class numbers {
public:
    explicit numbers(std::uint64_t seed) : state_(seed * 2654435761u + 1) {}
    std::uint64_t below(std::uint64_t n) {
        state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
        return state_ % n;
    }

private:
    std::uint64_t state_;
};

}  // namespace

TEST_CASE("The first answer counts, by priority, and among equals the one that came first", "[EX-11]") {
    haft::approval_chain chain;
    const auto low = chain.add(-1, says(confirmation::edit("{\"from\":\"low\"}")));
    const auto first = chain.add(5, says(confirmation::skip("first")));
    const auto second = chain.add(5, says(confirmation::skip("second")));
    CHECK(chain.answer(reads, "{}").text == "first");
    {
        const auto high = chain.add(7, says(confirmation::skip("high")));
        CHECK(chain.answer(reads, "{}").text == "high");
    }
    CHECK(chain.answer(reads, "{}").text == "first");
}

TEST_CASE("Who gives nothing passes the question on", "[EX-11]") {
    haft::approval_chain chain;
    int asked = 0;
    const auto passes = chain.add(2, [&](const haft::tool& t, std::string_view arguments) -> std::optional<confirmation> {
        ++asked;
        if (t.name == "read" && arguments == "{\"secret\":true}") return confirmation::skip("not that");
        return std::nullopt;
    });
    const auto also = chain.add(1, [&](const haft::tool&, std::string_view) -> std::optional<bool> {
        ++asked;
        return std::nullopt;
    });
    const auto last = chain.add(0, says(confirmation::skip("last")));
    CHECK(chain.answer(reads, "{}").text == "last");
    CHECK(asked == 2);
    CHECK(chain.answer(reads, "{\"secret\":true}").text == "not that");
    CHECK(asked == 3);
}

TEST_CASE("A bool is an answer, and a skip without a message says Operation skipped", "[EX-11]") {
    haft::approval_chain chain;
    {
        const auto no = chain.add(0, [](const haft::tool&, std::string_view) { return false; });
        CHECK(chain.answer(reads, "{}") == confirmation(kind::skip, "Operation skipped"));
        const haft::permission p = chain.judge(reads, "{}");
        REQUIRE_FALSE(p.given());
        CHECK(p.refusal->code == haft::errc::call_skipped);
        CHECK(p.refusal->message == "Operation skipped");
    }
    const auto yes = chain.add(0, [](const haft::tool&, std::string_view) { return true; });
    CHECK(chain.answer(erases, "{}") == confirmation::confirm());
}

TEST_CASE("One who throws skips the call, and nobody behind is asked", "[EX-11]") {
    haft::approval_chain chain;
    const auto throws = chain.add(1, [](const haft::tool&, std::string_view) -> bool { throw std::runtime_error("no terminal"); });
    const auto yes = chain.add(0, says(confirmation::confirm()));
    CHECK(chain.answer(reads, "{}") ==
          confirmation::skip("Operation skipped: asking for confirmation failed: no terminal"));
}

TEST_CASE("Nobody's answer confirms, but not for what may destroy", "[EX-11]") {
    const haft::approval_chain chain;
    CHECK(chain.answer(reads, "{}").what == kind::confirm);
    CHECK(chain.answer(run_test::named("note", haft::additive), "{}").what == kind::confirm);
    CHECK(chain.answer(erases, "{}").what == kind::skip);
    CHECK(chain.answer(unknown, "{}").what == kind::skip);
    const haft::approval_chain trusting({.trusts_unspecified = true});
    CHECK(trusting.answer(unknown, "{}").what == kind::confirm);
    CHECK(trusting.answer(erases, "{}").what == kind::skip);
    haft::tool wants = reads;
    wants.needs_approval = true;
    CHECK(trusting.answer(wants, "{}").what == kind::skip);
}

TEST_CASE("Confirmed automatically is so often or for ever, in one context", "[EX-11]") {
    haft::approval_chain chain;
    int asked = 0;
    const auto person = chain.add(-1, [&](const haft::tool&, std::string_view) { return ++asked, confirmation::skip("no"); });
    chain.auto_confirm("mine", 2);
    CHECK(chain.answer(erases, "{}", "other").what == kind::skip);
    CHECK(chain.answer(erases, "{}", "mine").what == kind::confirm);
    CHECK(chain.answer(erases, "{}", "mine").what == kind::confirm);
    CHECK(asked == 1);
    CHECK(chain.answer(erases, "{}", "mine").what == kind::skip);
    chain.auto_confirm_always("mine");
    for (int i = 0; i < 100; ++i) CHECK(chain.answer(erases, "{}", "mine").what == kind::confirm);
    {
        const auto veto = chain.add(1, says(confirmation::skip("veto")));
        CHECK(chain.answer(erases, "{}", "mine").text == "veto");
    }
    chain.stop_auto_confirm("mine");
    CHECK(chain.answer(erases, "{}", "mine").what == kind::skip);

    haft::approval_chain alone;
    alone.auto_confirm("mine", 1);
    CHECK(alone.answer(erases, "{}", "mine").what == kind::confirm);
    CHECK(alone.answer(erases, "{}", "mine").what == kind::skip);
}

TEST_CASE("Edited arguments are held against the tool", "[EX-11][fault-149]") {
    int runs = 0;
    haft::toolset tools;
    run_test::add_counting(tools, "write", haft::destructive, runs);
    haft::approval_chain chain;
    std::string with = R"({"text":"edited"})";
    const auto edits = chain.add(0, [&](const haft::tool&, std::string_view) { return confirmation::edit(with); });
    CHECK(*chain.judge(tools[0], R"({"text":"a"})").arguments == with);
    with = R"({"text":7})";
    const haft::permission p = chain.judge(tools[0], R"({"text":"a"})");
    REQUIRE_FALSE(p.given());
    CHECK(p.refusal->code == haft::errc::invalid_arguments);
}

TEST_CASE("A chain is the approver of tools that ask for one", "[EX-11]") {
    int runs = 0;
    haft::toolset tools;
    run_test::add_counting(tools, "read", haft::read_only, runs);
    const haft::toolset asking = tools | haft::views::require_approval();
    haft::approval_chain chain;
    haft::call_options how;
    how.asked = &chain;
    CHECK_FALSE(asking.call("read", "{}", how));  // it wants approval, and nobody gave it
    CHECK(runs == 0);
    {
        const auto yes = chain.add(0, says(confirmation::confirm()));
        CHECK(asking.call("read", "{}", how));
    }
    const auto edits = chain.add(0, says(confirmation::edit("{}")));
    CHECK_FALSE(asking.call("read", "{}", how));
    CHECK(runs == 1);
}

TEST_CASE("What somebody demands is confirmed by an answer only, not by nobody's or automatically", "[EX-11][NX-17]") {
    haft::approval_chain chain({.trusts_unspecified = true});
    chain.auto_confirm_always("");
    CHECK_FALSE(chain.demand(reads, "{}", "why").given);
    std::string told;
    const auto person = chain.add(-1, [&](const haft::tool& t, std::string_view) { return told = t.description, true; });
    haft::tool wanted = reads;
    wanted.description = "why";
    CHECK(chain.demand(wanted, "{}", "why").given);
    CHECK(told == "why");
    const auto no = chain.add(1, says(confirmation::skip("not now")));
    CHECK(chain.demand(wanted, "{}", "why").reason == "not now");
}

TEST_CASE("Answerers may come, go and ask again while they are asked", "[EX-11]") {
    haft::approval_chain chain;
    haft::enlistment self;
    self = chain.add(0, [&](const haft::tool& t, std::string_view arguments) {
        self.withdraw();
        return chain.answer(t, arguments).what == kind::confirm ? confirmation::skip("asked myself") : confirmation::confirm();
    });
    CHECK(chain.answer(reads, "{}").text == "asked myself");
    CHECK(chain.answer(reads, "{}").what == kind::confirm);
}

// Whatever the lists, the answers and their order: what runs had a yes that speaks of it.
TEST_CASE("A destructive tool never runs without an explicit yes", "[EX-11][EX-12]") {
    int runs_allowed = 0;
    for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
        numbers n(seed);
        haft::tool t = run_test::named(n.below(2) ? "files.erase" : "erase", n.below(3) ? haft::destructive : haft::effect::unspecified);
        if (n.below(4) == 0) t.effect = haft::read_only, t.needs_approval = true;
        const std::string arguments = n.below(2) ? R"({"path":"a"})" : R"({"path":"b","deep":[1]})";

        // The policy; `permits` are rules that let this very call through.
        const std::vector<haft::policy_rule> permits{std::string(t.name), "*erase", haft::argument_prefix("*", "path", ""),
                                                     "*erase(*)"};
        const std::vector<haft::policy_rule> others{"read", "e", "erase(path=\"c\")", haft::argument_prefix("*", "path", "zz"),
                                                    "*(path=\"c*"};
        haft::policy p;
        haft::policy_session session;
        bool explicit_yes = false;
        const auto some = [&](auto add) {
            for (std::uint64_t i = n.below(3); i > 0; --i) {
                const bool permitted = n.below(4) == 0;
                add(permitted ? permits[n.below(permits.size())] : others[n.below(others.size())]);
                explicit_yes = explicit_yes || permitted;
            }
        };
        some([&](const haft::policy_rule& r) { p.whitelist.push_back(r); });
        some([&](const haft::policy_rule& r) { session.permit(r); });
        for (std::uint64_t i = n.below(3); i > 0; --i) p.blacklist.push_back(others[n.below(others.size())]);
        if (n.below(12) == 0) session.permit_all(haft::lasting::turn), explicit_yes = true;
        p.otherwise = static_cast<haft::verdict>(n.below(3));
        if (n.below(5) == 0)
            p.sanitisers.push_back({"throws", "*", "*", [](std::string_view) -> std::string { throw 1; }});

        // A person, who says yes now and then.
        bool said_yes = false;
        haft::policy_guard guard(p, [&](const haft::permission_question&) -> haft::permission_reply {
            using reply = haft::permission_reply::kind;
            const auto what = static_cast<reply>(n.below(11));
            if (n.below(6) == 0) throw std::runtime_error("gone");
            if (what == reply::edit) return {what, "{\"path\":7"};
            said_yes = said_yes || (what != reply::deny && what != reply::never && what != reply::comment && what != reply::timeout);
            return {what, ""};
        }, session);

        // The chain behind it.
        haft::approval_chain chain;
        bool confirmed = false;
        std::vector<haft::enlistment> handles;
        for (std::uint64_t i = n.below(4); i > 0; --i)
            handles.push_back(chain.add(static_cast<int>(n.below(5)) - 2,
                                        [&, what = n.below(5)](const haft::tool&, std::string_view) -> std::optional<confirmation> {
                                            if (what == 0) throw 1;
                                            if (what == 1) return confirmation::skip();
                                            if (what == 2) return confirmed = true, confirmation::confirm();
                                            return std::nullopt;
                                        }));
        if (n.below(10) == 0) chain.auto_confirm("", 1), confirmed = true;

        const bool by_policy = guard.judge(t, arguments).given();
        const bool by_chain = chain.judge(t, arguments).given();
        INFO("seed " << seed);
        if (by_policy && !explicit_yes) CHECK(said_yes);
        if (by_chain) CHECK(confirmed);
        runs_allowed += by_policy || by_chain;
    }
    CHECK(runs_allowed > 100);  // or it would show nothing
}
