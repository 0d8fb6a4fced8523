// SPDX-License-Identifier: BSL-1.0
// What a policy says of calls, as a table.
#include "tools.hpp"

#include <haft/rules/check_policy.hpp>
#include <haft/rules/policy.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using haft::argument_prefix;
using haft::decided_by;
using haft::policy_rule;
using haft::verdict;
using rules = std::vector<policy_rule>;

constexpr auto yes = verdict::allow;
constexpr auto no = verdict::deny;
constexpr auto ask = verdict::ask;

struct lists {
    rules session_blacklist = {};
    rules blacklist = {};
    rules session_whitelist = {};
    rules whitelist = {};
    verdict otherwise = no;
    bool all = false;
    bool sanitised = false;
    bool trusts = false;
};
struct row {
    std::string_view tool;
    std::string_view arguments;
    verdict expected;
    decided_by by;
    lists with = {};
};

haft::effect effect_of(std::string_view tool) {
    if (tool == "read" || tool == "files.read") return haft::read_only;
    if (tool == "note") return haft::additive;
    if (tool == "delete") return haft::destructive;
    return haft::effect::unspecified;
}

haft::decision decide(const row& r) {
    haft::policy p;
    p.blacklist = r.with.blacklist;
    p.whitelist = r.with.whitelist;
    p.otherwise = r.with.otherwise;
    p.trusts_unspecified = r.with.trusts;
    if (r.with.sanitised) {
        p.sanitisers.push_back(haft::no_shell_operators("run", "command"));
        p.sanitisers.push_back(haft::no_parent_directories("files.*"));
        p.sanitisers.push_back(haft::no_shell_operators("shell_*"));
    }
    haft::policy_session s;
    for (const policy_rule& one : r.with.session_blacklist) s.forbid(one);
    for (const policy_rule& one : r.with.session_whitelist) s.permit(one);
    if (r.with.all) s.permit_all(haft::lasting::session);
    return haft::decide(p, s, run_test::named(r.tool, effect_of(r.tool)), r.arguments);
}

const std::string long_text(5000, 'a');
const std::string with_hidden_tail = R"({"command":"git )" + long_text + R"(; rm -rf /"})";
const std::string other_tail = R"({"command":"git )" + long_text + R"(; rm -rf ."})";
const std::string many_stars = "run(command=\"" + std::string(40, '*') + "a*b*c*d*e*f*g*h*x\")";

std::string shown(std::string_view tool, std::string_view arguments) { return haft::sign_call(tool, arguments)->shown; }

const std::vector<row>& table() {
    static const std::vector<row> rows{
        // Nothing is permitted that no rule permits.
        {"read", "{}", no, decided_by::default_rule},
        {"delete", "{}", no, decided_by::default_rule},
        {"read", "", no, decided_by::default_rule},
        {"read", "{}", ask, decided_by::default_rule, {.otherwise = ask}},
        {"read", "{}", yes, decided_by::default_rule, {.otherwise = yes}},
        {"note", "{}", yes, decided_by::default_rule, {.otherwise = yes}},
        // What may destroy is never let through by nobody's word.
        {"delete", "{}", ask, decided_by::default_rule, {.otherwise = yes}},
        {"delete", "{}", ask, decided_by::default_rule, {.otherwise = yes, .trusts = true}},
        {"run", "{}", ask, decided_by::default_rule, {.otherwise = yes}},
        {"run", "{}", yes, decided_by::default_rule, {.otherwise = yes, .trusts = true}},
        // A list each.
        {"read", "{}", yes, decided_by::whitelist, {.whitelist = {"read"}}},
        {"delete", "{}", yes, decided_by::whitelist, {.whitelist = {"delete"}}},
        {"read", "{}", yes, decided_by::session_whitelist, {.session_whitelist = {"read"}}},
        {"read", "{}", yes, decided_by::session_whitelist, {.all = true}},
        {"delete", "{}", yes, decided_by::session_whitelist, {.all = true}},
        {"read", "{}", no, decided_by::blacklist, {.blacklist = {"read"}, .otherwise = yes}},
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"read"}, .otherwise = yes}},
        // Each list against each of those behind it.
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"read"}, .blacklist = {"read"}}},
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"read"}, .session_whitelist = {"read"}}},
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"read"}, .whitelist = {"read"}}},
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"read"}, .all = true}},
        {"read", "{}", no, decided_by::blacklist, {.blacklist = {"read"}, .session_whitelist = {"read"}}},
        {"read", "{}", no, decided_by::blacklist, {.blacklist = {"r*"}, .session_whitelist = {"read"}}},
        {"read", "{}", no, decided_by::blacklist, {.blacklist = {"read"}, .whitelist = {"read"}}},
        {"read", "{}", no, decided_by::blacklist, {.blacklist = {"read"}, .all = true}},
        {"read", "{}", yes, decided_by::session_whitelist, {.session_whitelist = {"read"}, .whitelist = {"read"}}},
        {"read", "{}", yes, decided_by::whitelist, {.whitelist = {"read"}, .otherwise = ask}},
        // The exception: one call on the session's whitelist beats a pattern of the session's blacklist …
        {"read", "{}", yes, decided_by::session_whitelist, {.session_blacklist = {"r*"}, .session_whitelist = {"read()"}}},
        {"read", R"({"a":1})", yes, decided_by::session_whitelist, {.session_blacklist = {"r*"}, .session_whitelist = {"read(a=1)"}}},
        {"read", R"({"a":1})", yes, decided_by::session_whitelist, {.session_blacklist = {"read(a=*"}, .session_whitelist = {"read(a=1)"}}},
        {"read", R"({"a":1})", yes, decided_by::session_whitelist, {.session_blacklist = {"read(a=*"}, .session_whitelist = {"read", "re*", "read(a=1)"}}},
        {"run", R"({"command":"ls"})", yes, decided_by::session_whitelist,
         {.session_blacklist = {argument_prefix("run", "command", "l")}, .session_whitelist = {"run(command=\"ls\")"}}},
        // … but not a whole tool, not a pattern, not what an exact entry of that list forbids, nor the policy's blacklist.
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"r*"}, .session_whitelist = {"read"}}},
        {"run", R"({"command":"rm -rf /"})", no, decided_by::session_blacklist, {.session_blacklist = {"run(command=\"rm *"}, .session_whitelist = {"run"}}},
        {"run", R"({"command":"rm x"})", no, decided_by::session_blacklist,
         {.session_blacklist = {argument_prefix("run", "command", "rm ")}, .session_whitelist = {"run"}, .all = true}},
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"r*"}, .session_whitelist = {"re*"}}},
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"r*"}, .all = true}},
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"r*", "read"}, .session_whitelist = {"read()"}}},
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"r*", "read()"}, .session_whitelist = {"read()"}}},
        {"read", "{}", no, decided_by::blacklist, {.session_blacklist = {"r*"}, .blacklist = {"read"}, .session_whitelist = {"read()"}}},
        {"read", "{}", no, decided_by::blacklist, {.session_blacklist = {"r*"}, .blacklist = {"?ead"}, .session_whitelist = {"read()"}}},
        {"read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"r*"}, .whitelist = {"read"}}},
        // A refusal holds for the spelling that models use as well; a permission for the tool's own name only, since another tool
        // may have that spelling for its name.
        {"files.read", "{}", no, decided_by::blacklist, {.blacklist = {"files_read"}, .all = true}},
        {"files.read", "{}", no, decided_by::session_blacklist, {.session_blacklist = {"files_read"}, .all = true}},
        {"files.read", "{}", no, decided_by::blacklist, {.blacklist = {"files_r*"}, .all = true}},
        {"files.read", R"({"path":"/etc/x"})", no, decided_by::blacklist, {.blacklist = {"files_read(path=\"/etc*"}, .all = true}},
        {"files.read", R"({"path":"x"})", no, decided_by::blacklist, {.blacklist = {"files_read(path=\"x\")"}, .all = true}},
        {"files.read", R"({"path":"y"})", yes, decided_by::session_whitelist, {.blacklist = {"files_read(path=\"x\")"}, .all = true}},
        {"files.read", with_hidden_tail, no, decided_by::blacklist, {.blacklist = {policy_rule(haft::rule_kind::call, shown("files_read", with_hidden_tail))}, .all = true}},
        {"files.read", R"({"path":"/etc/x"})", no, decided_by::blacklist, {.blacklist = {argument_prefix("files_*", "path", "/etc/")}, .all = true}},
        {"9lives", "{}", no, decided_by::blacklist, {.blacklist = {"_9lives"}, .all = true}},
        {"files.read", "{}", no, decided_by::default_rule, {.session_whitelist = {"files_read"}, .whitelist = {"files_r*", "files_read()"}}},
        {"shell.run", R"({"command":"a;b"})", no, decided_by::sanitiser, {.all = true, .sanitised = true}},
        // Names, and patterns of names.
        {"files.read", "{}", yes, decided_by::whitelist, {.whitelist = {"files.*"}}},
        {"files.read", "{}", no, decided_by::default_rule, {.whitelist = {"files"}}},
        {"read", "{}", no, decided_by::default_rule, {.whitelist = {"Read"}}},
        {"reader", "{}", no, decided_by::default_rule, {.whitelist = {"read"}}},
        {"read", "{}", yes, decided_by::whitelist, {.whitelist = {"[!w]ead"}}},
        {"read", "{}", no, decided_by::default_rule, {.whitelist = {"*.read"}}},
        // Signatures: sorted keys, canonical values.
        {"run", R"({"command":"ls"})", yes, decided_by::whitelist, {.whitelist = {"run(command=\"ls\")"}}},
        {"run", R"({"command":"ls "})", no, decided_by::default_rule, {.whitelist = {"run(command=\"ls\")"}}},
        {"run", R"({"b":2,"a":1})", yes, decided_by::whitelist, {.whitelist = {"run(a=1, b=2)"}}},
        {"run", R"({"b":2.0,"a":10e-1})", yes, decided_by::whitelist, {.whitelist = {"run(a=1, b=2)"}}},
        {"run", R"({"b":2,"a":1})", no, decided_by::default_rule, {.whitelist = {"run(b=2, a=1)"}}},
        {"run", R"({"command":"git status"})", yes, decided_by::whitelist, {.whitelist = {"run(command=\"git *\")"}}},
        {"run", R"({"command":"rm git "})", no, decided_by::default_rule, {.whitelist = {"run(command=\"git *\")"}}},
        {"run", R"({"c":{"y":[1,2],"x":null}})", yes, decided_by::whitelist, {.whitelist = {policy_rule(haft::rule_kind::call, R"-(run(c={"x":null,"y":[1,2]}))-")}}},
        // Two spellings of one value are one.
        {"run", R"({"\u0063ommand":"\u0072m \u002drf"})", no, decided_by::blacklist, {.blacklist = {"run(command=\"rm -rf*"}, .otherwise = yes}},
        {"run", R"({"command":"r\u006d"})", no, decided_by::blacklist, {.blacklist = {argument_prefix("*", "command", "rm")}, .all = true}},
        {"run", "{\"command\":\"\xC3\xA9\"}", no, decided_by::blacklist, {.blacklist = {"run(command=\"\xC3\xA9\")"}, .all = true}},
        {"run", R"({"command":"\u00e9"})", no, decided_by::blacklist, {.blacklist = {"run(command=\"\xC3\xA9\")"}, .all = true}},
        // Arguments that begin so.
        {"run", R"({"command":"git log"})", yes, decided_by::whitelist, {.whitelist = {argument_prefix("run", "command", "git ")}}},
        {"run", R"({"command":"gitk"})", no, decided_by::default_rule, {.whitelist = {argument_prefix("run", "command", "git ")}}},
        {"run", R"({"comment":"git ","command":"rm"})", no, decided_by::default_rule, {.whitelist = {argument_prefix("run", "command", "git ")}}},
        {"run", R"({"a":"git ","command":"rm"})", no, decided_by::default_rule, {.whitelist = {argument_prefix("run", "command", "git ")}}},
        {"run", R"({"command":["git ","x"]})", no, decided_by::default_rule, {.whitelist = {argument_prefix("run", "command", "git ")}}},
        {"run", R"({"command":["git","x"]})", yes, decided_by::whitelist, {.whitelist = {argument_prefix("r*", "command", "[\"git\",")}}},
        {"read", R"({"command":"git log"})", no, decided_by::default_rule, {.whitelist = {argument_prefix("run", "command", "git ")}}},
        // Sanitisers go before everything.
        {"run", R"({"command":"git log; rm -rf /"})", no, decided_by::sanitiser, {.whitelist = {"run"}, .all = true, .sanitised = true}},
        {"run", R"-({"command":"git $(rm x)"})-", no, decided_by::sanitiser, {.session_whitelist = {"run"}, .sanitised = true}},
        {"run", R"({"command":["git",{"deep":"a\nb"}]})", no, decided_by::sanitiser, {.whitelist = {"run"}, .sanitised = true}},
        {"run", R"({"command":[{"a;b":1}]})", no, decided_by::sanitiser, {.whitelist = {"run"}, .sanitised = true}},
        {"files.read", R"({"path":"a\u0000b"})", no, decided_by::sanitiser, {.all = true, .sanitised = true}},
        {"run", R"({"command":"git log","note":"a;b"})", yes, decided_by::whitelist, {.whitelist = {"run"}, .sanitised = true}},
        {"run", R"({"command":"git log $HOME"})", yes, decided_by::whitelist, {.whitelist = {"run"}, .sanitised = true}},
        {"files.read", R"({"path":"/srv/me/../root"})", no, decided_by::sanitiser, {.whitelist = {argument_prefix("files.*", "path", "/srv/me/")}, .sanitised = true}},
        {"files.read", R"({"path":"/srv/me/..a/b"})", yes, decided_by::whitelist, {.whitelist = {argument_prefix("files.*", "path", "/srv/me/")}, .sanitised = true}},
        {"files.read", R"({"paths":["a",".."]})", no, decided_by::sanitiser, {.all = true, .sanitised = true}},
        {"files.read", R"({"..":1})", yes, decided_by::session_whitelist, {.all = true, .sanitised = true}},
        // Long values: what is forbidden is found wherever it stands, what is permitted exactly is that call and no other.
        {"run", with_hidden_tail, no, decided_by::blacklist, {.blacklist = {"run(*rm -rf*"}, .all = true}},
        {"run", with_hidden_tail, yes, decided_by::session_whitelist, {.session_whitelist = {policy_rule(haft::rule_kind::call, shown("run", with_hidden_tail))}}},
        {"run", other_tail, no, decided_by::default_rule, {.session_whitelist = {policy_rule(haft::rule_kind::call, shown("run", with_hidden_tail))}}},
        {"run", with_hidden_tail, no, decided_by::default_rule, {.whitelist = {"run(command=\"git *a\")"}}},
        {"run", with_hidden_tail, no, decided_by::default_rule, {.whitelist = {many_stars}}},
        {"run", with_hidden_tail, yes, decided_by::session_whitelist, {.session_whitelist = {policy_rule(haft::rule_kind::call, haft::sign_call("run", with_hidden_tail)->text)}}},
        // What is no object of arguments.
        {"read", "[1]", no, decided_by::arguments, {.all = true}},
        {"read", R"("{}")", no, decided_by::arguments, {.all = true}},
        {"read", R"({"a":1)", no, decided_by::arguments, {.all = true}},
        {"read", R"({"a":1,"\u0061":2})", no, decided_by::arguments, {.all = true}},
    };
    return rows;
}

}  // namespace

TEST_CASE("What the policy says of each call of the table, and whose word it is", "[EX-12]") {
    CHECK(table().size() >= 60);
    for (std::size_t i = 0; i < table().size(); ++i) {
        const row& r = table()[i];
        INFO("row " << i << ": " << r.tool << " " << r.arguments.substr(0, 60));
        const haft::decision d = decide(r);
        INFO(d.why);
        CHECK(static_cast<int>(d.what) == static_cast<int>(r.expected));
        CHECK(static_cast<int>(d.by) == static_cast<int>(r.by));
    }
}

TEST_CASE("A decision names the entry and says why", "[EX-12]") {
    const auto decided = [](std::string_view tool, std::string_view arguments, lists with) {
        return decide({tool, arguments, no, decided_by::default_rule, std::move(with)});
    };
    CHECK(decided("read", "{}", {.blacklist = {"r*"}}).rule == "r*");
    CHECK(decided("read", "{}", {.blacklist = {"r*"}}).why == R"("r*" is on the blacklist, so it may not be called so)");
    CHECK(decided("run", R"({"command":"git x"})", {.whitelist = {argument_prefix("run", "command", "git ")}}).why ==
          R"(run with command beginning "git " is on the whitelist)");
    CHECK(decided("run", R"({"command":"a;b"})", {.sanitised = true}).why ==
          "command: an operator of the shell is not allowed here");
    CHECK(decided("read", "{}", {}).why == "no rule permits it");
    CHECK(decided("read", "{}", {.session_blacklist = {"r*", "read()", "read"}}).rule == "read()");  // the first exact one
}

TEST_CASE("A check that throws denies the call, whatever the lists say", "[EX-12]") {
    haft::policy p;
    p.whitelist = {"run"};
    p.otherwise = yes;
    p.sanitisers.push_back({"mine", "*", "*", [](std::string_view) -> std::string { throw std::runtime_error("no disk"); }});
    const haft::decision d = haft::decide(p, run_test::named("run"), R"({"command":"ls"})");
    CHECK(d.what == no);
    CHECK(d.by == decided_by::failed_check);
    CHECK(d.why == "a check of the call failed: no disk");
    p.sanitisers[0].objects = [](std::string_view) -> std::string { throw 1; };
    CHECK(haft::decide(p, run_test::named("run"), R"({"command":"ls"})").what == no);
}

TEST_CASE("A tool that does not exist is an error before anybody is asked", "[EX-12]") {
    int calls = 0;
    haft::toolset tools;
    run_test::add_counting(tools, "search", haft::read_only, calls);
    haft::policy p;
    p.otherwise = ask;
    const auto unknown = haft::decide(p, {}, tools, "serach", "{}");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().text() == R"(tool "serach" does not exist; did you mean "search"? [haft-E0211])");
    const auto known = haft::decide(p, {}, tools, "search", "{}");
    REQUIRE(known);
    CHECK(known->what == ask);
}

TEST_CASE("A signature shows the beginning of a long value, and no two calls share what is shown", "[EX-12]") {
    const auto first = haft::sign_call("run", with_hidden_tail), second = haft::sign_call("run", other_tail);
    REQUIRE((first && second));
    CHECK(first->shown.size() < 400);
    CHECK(first->shown.starts_with("run(command=\"git aaa"));
    CHECK(first->shown.find("(5016 bytes)) #") != std::string::npos);
    CHECK(first->shown != second->shown);
    CHECK(first->text.find("rm -rf /") != std::string::npos);

    std::string many = "{";
    for (int i = 0; i < 2000; ++i) many += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":" + std::to_string(i);
    const auto wide = haft::sign_call("run", many + "}");
    REQUIRE(wide);
    CHECK(wide->shown.size() < 2500);
    CHECK(haft::sign_call("run", many + ",\"z\":1}")->shown != wide->shown);
}

TEST_CASE("A signature shows people no character that disguises others", "[EX-12]") {
    const auto call = haft::sign_call("run", "{\"a\":\"x\xE2\x80\xAEy\xF3\xA0\x81\x81\",\"a b\":1}");
    REQUIRE(call);
    CHECK(call->shown == R"(run(a="x\u202ey\udb40\udc41", "a b"=1))");
    CHECK(haft::sign_call("run", R"({"a":"x\\u202ey\\udb40\\udc41","a b":1})")->shown != call->shown);
}

TEST_CASE("Entries of a policy that fit no tool are named, with the nearest name", "[EX-12]") {
    int calls = 0;
    haft::toolset tools;
    run_test::add_counting(tools, "browser.delete", haft::destructive, calls);
    run_test::add_counting(tools, "search", haft::read_only, calls);
    haft::policy p;
    p.blacklist = {"browser_delete", "browser_*", "browser_delete(text=\"x*", argument_prefix("browser*", "text", "a"), "serach"};
    p.whitelist = {"search", "browser.delete(text=\"a\")", "browser_delete", "files.*", "*(text=\"a\")"};
    p.sanitisers = {haft::no_shell_operators("browser_delete"), haft::no_parent_directories("file.read")};
    CHECK(haft::check_policy(p, tools) ==
          std::vector<std::string>{
              R"(sanitiser "parent directories": "file.read" fits no tool)",
              R"(blacklist: "serach" fits no tool; did you mean "search"?)",
              R"(whitelist: "browser_delete" fits no tool by its own name, and a permission has to; did you mean "browser.delete"?)",
              R"(whitelist: "files.*" fits no tool)"});
    p.blacklist.pop_back();
    p.whitelist.clear();
    p.sanitisers.clear();
    CHECK(haft::check_policy(p, tools).empty());
}
