// SPDX-License-Identifier: BSL-1.0
// What people decide in a session: how long it holds, and its way through JSON.
#include "tools.hpp"

#include <haft/registry/registry.hpp>
#include <haft/rules/auto_approved.hpp>
#include <haft/rules/policy.hpp>
#include <haft/rules/policy_session_text.hpp>
#include <haft/rules/tool_identity.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace {
using haft::lasting;

haft::policy_session everything() {
    haft::policy_session s;
    s.forbid("run(command=\"rm *\")");
    s.forbid(haft::argument_prefix("files.*", "path", "/etc\n\""), lasting::turn);
    s.permit("search");
    s.permit({haft::rule_kind::call, "run(a=[1])"}, lasting::until_idle);
    s.permit_all(lasting::turn);
    return s;
}
std::string refusal(std::string_view text) {
    const auto read = haft::read_policy_session(text);
    return read ? "it was read" : read.error().text();
}
}  // namespace

TEST_CASE("The decisions of a session can be written to JSON and read from it", "[EX-12]") {
    const haft::policy_session s = everything();
    const std::string text = haft::to_json(s);
    CHECK(text ==
          R"-({"all":"turn","blacklist":[{"pattern":"run(command=\"rm *\")","until":"session"},)-"
          R"({"argument":"files.*","name":"path","prefix":"/etc\n\"","until":"turn"}],)"
          R"-("whitelist":[{"tool":"search","until":"session"},{"call":"run(a=[1])","until":"until_idle"}]})-");
    const auto read = haft::read_policy_session(text);
    REQUIRE(read);
    CHECK(*read == s);
    CHECK(*haft::read_policy_session(haft::to_json({})) == haft::policy_session{});
}

TEST_CASE("A permission is for the same tool when it has been read again", "[EX-12]") {
    haft::policy_session s;
    haft::policy_rule rule(haft::rule_kind::tool, "pay");
    rule.identity = haft::tool_identity(run_test::named("pay"), "bank");
    s.permit(rule);
    const auto read = haft::read_policy_session(haft::to_json(s));
    REQUIRE(read);
    CHECK(*read == s);
    const auto said = [&](const haft::tool& t, std::string_view owner) {
        return haft::decide({}, *read, t, "{}", {}, owner).what == haft::verdict::allow;
    };
    CHECK(said(run_test::named("pay"), "bank"));
    CHECK_FALSE(said(run_test::named("pay"), "thief"));
    CHECK_FALSE(said(run_test::named("pay"), ""));
    CHECK_FALSE(said(run_test::named("pay", haft::destructive), "bank"));
    CHECK(refusal(R"({"whitelist":[{"tool":"a","identity":1,"until":"turn"}]})").find("/identity: expected a string") !=
          std::string::npos);
}

TEST_CASE("Of decisions that can't be read in full none is taken", "[EX-12]") {
    CHECK(refusal("[]") == "the decisions of a session can't be read: expected an object [haft-E0363]");
    CHECK(refusal(R"({"blacklst":[]})") ==
          R"(the decisions of a session can't be read: /blacklst: the name "blacklst" is not known; did you mean "blacklist"? [haft-E0363])");
    CHECK(refusal(R"({"blacklist":[{"tool":"a","until":"ever"}]})").find("/blacklist/0/until: expected \"turn\"") !=
          std::string::npos);
    CHECK(refusal(R"({"blacklist":[{"tool":"a"}]})").find("/blacklist/0: has no \"until\"") != std::string::npos);
    CHECK(refusal(R"({"blacklist":[{"until":"turn"}]})").find("has none of \"tool\"") != std::string::npos);
    CHECK(refusal(R"({"blacklist":[{"tool":"a","call":"b","until":"turn"}]})").find("is of two kinds") != std::string::npos);
    CHECK(refusal(R"({"whitelist":[{"argument":"a","until":"turn"}]})").find("belong to \"argument\"") != std::string::npos);
    CHECK(refusal(R"({"whitelist":[{"tool":1,"until":"turn"}]})").find("/whitelist/0/tool: expected a string") !=
          std::string::npos);
    CHECK(refusal(R"({"all":true})").find("/all: expected \"turn\"") != std::string::npos);
    CHECK(refusal("{").find("haft-E0363") != std::string::npos);
}

TEST_CASE("What holds for a turn ends with it, what holds until the session is idle later, the rest stays", "[EX-12]") {
    haft::policy_session s;
    s.permit("a", lasting::turn);
    s.permit("b", lasting::until_idle);
    s.permit("c");
    s.forbid("d", lasting::turn);
    s.permit_all(lasting::until_idle);
    s.permit_all(lasting::turn);  // says less
    s.turn_ended();
    CHECK(haft::to_json(s) == R"({"all":"until_idle","blacklist":[],"whitelist":[{"tool":"b","until":"until_idle"},)"
                              R"({"tool":"c","until":"session"}]})");
    s.became_idle();
    CHECK(haft::to_json(s) == R"({"blacklist":[],"whitelist":[{"tool":"c","until":"session"}]})");
}

TEST_CASE("A decision made twice holds as long as the longer one", "[EX-12]") {
    haft::policy_session s;
    s.permit("a", lasting::session);
    s.permit("a", lasting::turn);
    REQUIRE(s.whitelist.size() == 1);
    s.became_idle();
    CHECK(s.whitelist.size() == 1);
}

TEST_CASE("Tools that their owners approve are on the whitelist, and blacklists still beat them", "[EX-12]") {
    int calls = 0;
    haft::owner o;
    o.name = "web";
    run_test::add_counting(o.tools, "search", haft::read_only, calls);
    run_test::add_counting(o.tools, "post", haft::additive, calls);
    o.auto_approved = {"search"};
    haft::registry r;
    REQUIRE(r.add_exposed(o));
    const auto now = r.snapshot();
    haft::policy p = haft::with_auto_approved({}, *now);
    CHECK(haft::decide(p, {}, *now, "search", "{}")->what == haft::verdict::allow);
    CHECK(haft::decide(p, {}, *now, "post", "{}")->what == haft::verdict::deny);
    p.blacklist = {"s*"};
    CHECK(haft::decide(p, {}, *now, "search", "{}")->what == haft::verdict::deny);
}
