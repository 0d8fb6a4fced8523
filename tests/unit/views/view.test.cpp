// SPDX-License-Identifier: BSL-1.0
#include <haft/tool.hpp>
#include <haft/views/require_approval.hpp>
#include <haft/views/transform.hpp>
#include <haft/views/view.hpp>
#include <haft/written/written_tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

namespace views = haft::views;

std::string names_of(const haft::toolset& tools) {
    std::string out;
    for (const haft::tool& t : tools) out.append(out.empty() ? "" : " ").append(t.name);
    return out;
}
std::string text_of(const haft::result<std::string>& r) { return r ? *r : r.error().text(); }

struct number {
    int n = 0;
};
haft::toolset examples() {
    haft::toolset out;
    out.add("read", {.description = "Reads", .effect = haft::read_only}, [](const number& a) { return a.n + 1; });
    out.add("write", {.description = "Writes", .effect = haft::destructive}, [](const number& a) { return a.n + 2; });
    out.add("count", "Counts", [n = 0]() mutable { return ++n; });
    return out;
}

}  // namespace

TEST_CASE("a set is filtered by a selection or a predicate", "[NX-05.1]") {
    const haft::toolset tools = examples();
    CHECK(names_of(tools | views::filter(haft::selector{"hint:read-only", "count"})) == "read count");
    CHECK(names_of(tools | views::filter([](const haft::tool& t) { return t.name.size() == 5; })) == "write count");
    const haft::toolset none = tools | views::filter(haft::selector{"raed"});
    CHECK(none.empty());
    REQUIRE(none.refusals().size() == 1);
    CHECK(none.refusals()[0].message.starts_with("no tool is named \"raed\"; did you mean \"read\"?"));
}

TEST_CASE("names get a prefix, or another name", "[NX-05.2][NX-05.3]") {
    const haft::toolset tools = examples() | views::prefix("fs.");
    CHECK(names_of(tools) == "fs.read fs.write fs.count");
    CHECK(text_of(tools.call("fs.read", R"({"n":1})")) == "2");
    const haft::toolset renamed = tools | views::rename("fs.read", "cat") | views::prefix("x.");
    CHECK(names_of(renamed) == "x.cat x.fs.write x.fs.count");
    CHECK(text_of(renamed.call("x.cat", R"({"m":1})")).starts_with("tool \"x.cat\" was not called: "));
}

TEST_CASE("a name conflict is an error that names both", "[NX-05.7]") {
    const haft::toolset clash = examples() | views::rename("read", "write");
    CHECK(names_of(clash) == "read write count");
    CHECK(text_of(clash.call("write", R"({"n":1})")) == "3");
    REQUIRE(clash.refusals().size() == 1);
    CHECK(clash.refusals()[0].text() == "tool \"read\" was not renamed: there is another tool \"write\" [haft-E0212]");
    CHECK(names_of(examples() | views::rename("count", "read")) == "read write count");
    CHECK((examples() | views::rename("read", "read")).refusals().empty());
    const haft::toolset illegal = examples() | views::rename("read", "no blank");
    CHECK(names_of(illegal) == "write count");
    CHECK(illegal.refusals().size() == 1);
    const haft::toolset unknown = examples() | views::rename("raed", "x");
    CHECK(unknown.refusals()[0].message == "tool \"raed\" does not exist; did you mean \"read\"?");
    CHECK(unknown.size() == 3);
    const auto twice = haft::combine(examples(), examples());
    REQUIRE_FALSE(twice);
    CHECK(twice.error().message.starts_with("two tools are named \"read\""));
    const haft::toolset bad = examples() | views::prefix("no blank ");
    CHECK(bad.empty());
    CHECK(bad.refusals().size() == 3);
}

TEST_CASE("sets are combined", "[NX-05.4]") {
    const auto all = haft::combine(examples() | views::prefix("a."), examples() | views::prefix("b."));
    REQUIRE(all);
    CHECK(names_of(*all) == "a.read a.write a.count b.read b.write b.count");
    CHECK(text_of(all->call("a.count", "{}")) == "1");
    CHECK(text_of(all->call("a.count", "{}")) == "2");
    CHECK(text_of(all->call("b.count", "{}")) == "1");
}

TEST_CASE("a set is prepared tool by tool", "[NX-05.5]") {
    const haft::toolset tools = examples() | views::prepared([](haft::tool& t) {
                                    t.description = "Prepared";
                                    return t.name != "write";
                                });
    CHECK(names_of(tools) == "read count");
    CHECK(tools[0].description == "Prepared");
}

TEST_CASE("views compose, and what they give lives without what it was made of", "[NX-05.6]") {
    haft::toolset tools;
    std::weak_ptr<int> watch;
    {
        auto state = std::make_shared<int>(41);
        watch = state;
        haft::toolset first;
        first.add("answer", "Answers", [state] { return ++*state; });
        tools = first | views::prefix("x.") | views::filter(haft::selector{"x.*"}) |
                views::require_approval(haft::selector{});
    }
    CHECK(text_of(tools.call("x.answer", "{}")) == "42");
    CHECK_FALSE(watch.expired());
    tools = {};
    CHECK(watch.expired());
}

TEST_CASE("a set is a range of tools", "[NX-05.6]") {
    const haft::toolset tools = examples();
    std::string names;
    for (const haft::tool& t : std::ranges::subrange(tools.begin(), tools.end()) |
                                   std::views::filter([](const haft::tool& t) { return t.effect == haft::read_only; }))
        names += t.name;
    CHECK(names == "read");
}

namespace {

class scripted final : public haft::approver {
public:
    haft::approval answer{true};
    bool throws = false;
    std::string asked;
    haft::approval ask(const haft::tool& t, std::string_view arguments) override {
        asked += std::string(t.name) + " " + std::string(arguments) + (t.needs_approval ? "!; " : "; ");
        if (throws) throw std::runtime_error("no terminal");
        return answer;
    }
};

}  // namespace

TEST_CASE("a call that needs approval asks, and without an answer there is none", "[NX-05.8]") {
    const haft::toolset tools = examples() | views::require_approval(haft::selector{"hint:destructive"});
    CHECK(tools.find("write")->needs_approval);
    CHECK_FALSE(tools.find("read")->needs_approval);
    CHECK(text_of(tools.call("read", "{}")) == "1");
    CHECK(text_of(tools.call("write", "{}")) ==
          "tool \"write\" was not called: it needs approval, and there is nobody to give it [haft-E0262]");
    scripted who;
    haft::call_options options;
    options.asked = &who;
    CHECK(text_of(tools.call("write", R"({"n":1})", options)) == "3");
    CHECK(who.asked == "write {\"n\":1}!; ");
    CHECK(text_of(tools.call("read", "{}", options)) == "1");
    who.answer = {false, "not on a Friday"};
    CHECK(text_of(tools.call("write", "{}", options)) ==
          "tool \"write\" was not called: approval was denied: not on a Friday [haft-E0262]");
    who.answer = {};
    CHECK(text_of(tools.call("write", "{}", options)) ==
          "tool \"write\" was not called: approval was denied [haft-E0262]");
    who.throws = true;
    CHECK(text_of(tools.call("write", "{}", options)) ==
          "tool \"write\" was not called: asking for approval failed [haft-E0262]");
}

TEST_CASE("a selection that makes no sense guards all tools, and says so", "[NX-05.8]") {
    for (const haft::selector& wrong :
         {haft::selector{"hint:destuctive"}, haft::selector{"delete"}, haft::selector{"write", "read-only"},
          haft::selector{"write", "foo:bar"}, haft::selector{"!hint:destructve"}}) {
        INFO(wrong.text());
        const haft::toolset tools = examples() | views::require_approval(wrong);
        CHECK(names_of(tools) == "read write count");
        for (const haft::tool& t : tools) CHECK(t.needs_approval);
        CHECK(text_of(tools.call("read", "{}")).find("haft-E0262") != std::string::npos);
        REQUIRE(tools.refusals().size() == 1);
        CHECK(tools.refusals()[0].message.starts_with(
            "every tool asks for approval, since the selection can't be used: "));
        CHECK(tools.refusals()[0].code == haft::errc::bad_selection);
    }
}

TEST_CASE("a tool that is disabled by default is guarded by what speaks of it", "[NX-05.8]") {
    haft::toolset tools;
    tools.add("wipe", {.description = "Wipes", .effect = haft::destructive, .disabled_by_default = true},
              [](const number& a) { return a.n; });
    for (const haft::selector& which : {haft::selector{"hint:destructive"}, haft::selector{"wip*"}}) {
        const haft::toolset guarded = tools | views::require_approval(which);
        CHECK(guarded[0].needs_approval);
        CHECK(text_of(guarded.call("wipe", "{}")).find("haft-E0262") != std::string::npos);
    }
}

TEST_CASE("nobody is asked about arguments that are wrong", "[NX-05.8]") {
    const haft::toolset tools = examples() | views::require_approval();
    scripted who;
    haft::call_options options;
    options.asked = &who;
    CHECK(text_of(tools.call("write", R"({"n":"x"})", options)).find("haft-E0202") != std::string::npos);
    CHECK(who.asked.empty());
}

TEST_CASE("nobody is asked about such arguments of written tools, of transformed ones or through another view",
          "[NX-05.8]") {
    haft::toolset tools;
    REQUIRE(tools.add("written", "Written",
                      R"({"type":"object","properties":{"n":{"type":"integer"}},"additionalProperties":false})",
                      [](const number& a) { return a.n; }));
    REQUIRE(
        tools.add("tree", "Any", R"({"type":"object","properties":{"n":{}}})", [](const number& a) { return a.n; }));
    tools.add("plain", "Plain", [](const number& a) { return a.n; });
    tools = tools | views::transform("plain", haft::transform{}.rename_arg("n", "count").require("n")) |
            views::require_approval() | views::require_approval() |
            views::transform("plain", haft::transform{}.rename_arg("count", "times"));
    scripted who;
    haft::call_options options;
    options.asked = &who;
    std::vector<haft::note> notes;
    options.notes = &notes;
    options.mode = haft::lenient;
    CHECK(text_of(tools.call("written", R"({"n":"x"})", options)).find("/n: expected integer") != std::string::npos);
    CHECK(text_of(tools.call("tree", R"({"n":[]})", options)).find("/n: expected integer") != std::string::npos);
    CHECK(text_of(tools.call("plain", R"({"times":"x"})", options)).find("/times: expected integer") !=
          std::string::npos);
    CHECK(text_of(tools.call("plain", "{}", options)).find("/times: required") != std::string::npos);
    CHECK(who.asked.empty());
    CHECK(notes.empty());
    CHECK(text_of(tools.call("plain", R"({"times":"4"})", options)) == "4");
    CHECK(who.asked == "plain {\"count\":\"4\"}!; plain {\"count\":\"4\"}!; ");
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].pointer == "/times");
    notes.clear();
    options.unwrap = true;
    CHECK(text_of(tools.call("written", R"("{\"n\":4}")", options)) == "4");
    CHECK(notes.size() == 1);
}

TEST_CASE("what a set has refused and warned of the sets made of it tell as well", "[NX-05.7]") {
    haft::toolset tools = examples();
    tools.add("hidden", "bad\xE2\x80\x8Bhidden", [] { return 1; });
    tools.add("hidden", "second", [] { return 2; });
    REQUIRE(tools.warnings().size() == 1);
    REQUIRE(tools.refusals().size() == 1);
    const haft::toolset prefixed = tools | views::prefix("x.") | views::filter(haft::selector{"x.*"});
    REQUIRE(prefixed.warnings().size() == 1);
    CHECK(prefixed.warnings()[0].message == tools.warnings()[0].message);
    REQUIRE(prefixed.refusals().size() == 1);
    CHECK(prefixed.refusals()[0].message == tools.refusals()[0].message);
    const auto all = haft::combine(tools, prefixed);
    REQUIRE(all);
    CHECK(all->warnings().size() == 1);
    CHECK(all->refusals().size() == 1);
}
