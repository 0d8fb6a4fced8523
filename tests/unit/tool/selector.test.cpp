// SPDX-License-Identifier: BSL-1.0
#include <haft/tool.hpp>
#include <haft/tool/selector.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace {

void nothing(const void*, std::string_view, haft::call_context&, haft::result_writer&) {}

haft::tool named(std::string_view name) { return {.name = name, .execute = &nothing, .input_schema = "{}"}; }

haft::toolset examples() {
    haft::toolset out;
    haft::tool t = named("discord.read");
    t.effect = haft::read_only;
    out.add(t);
    t = named("discord.ban");
    t.effect = haft::destructive;
    t.group = "moderation";
    out.add(t);
    t = named("shell");
    t.hints = haft::code_exec;
    t.tags = "slow local";
    out.add(t);
    t = named("search");
    t.effect = haft::read_only;
    t.version = "2.1";
    t.category = "web";
    out.add(t);
    t = named("danger");
    t.disabled_by_default = true;
    out.add(t);
    return out;
}

std::string chosen(std::string_view list) {
    const auto tools = haft::select(examples(), haft::selector::parse(list));
    if (!tools) return tools.error().text();
    std::string out;
    for (const haft::tool& t : *tools) out.append(out.empty() ? "" : " ").append(t.name);
    return out;
}

}  // namespace

TEST_CASE("tools are selected by name, glob, hint, tag, group and category", "[RG-07.1]") {
    CHECK(chosen("shell") == "shell");
    CHECK(chosen("search, shell") == "shell search");
    CHECK(chosen("discord.*") == "discord.read discord.ban");
    CHECK(chosen("discord") == "discord.read discord.ban");
    CHECK(chosen("hint:read-only") == "discord.read search");
    CHECK(chosen("hint:code-exec") == "shell");
    CHECK(chosen("tag:slow") == "shell");
    CHECK(chosen("group:moderation") == "discord.ban");
    CHECK(chosen("category:web") == "search");
    CHECK(chosen("Shell") ==
          "no tool is named \"Shell\"; did you mean \"shell\"?; there are discord.read, discord.ban, "
          "shell, search, danger [haft-E0260]");
}

TEST_CASE("an exclamation mark takes away, whatever the order", "[RG-07.1]") {
    CHECK(chosen("discord.*,!discord.ban") == "discord.read");
    CHECK(chosen("!discord.ban,discord.*") == "discord.read");
    CHECK(chosen("!hint:read-only") == "discord.ban shell");
    CHECK(chosen("!discord,!shell") == "search");
    CHECK(chosen("*,!*") == "");
}

TEST_CASE("a preset stands alone", "[RG-07.3]") {
    CHECK(chosen("read-only") == "discord.read search");
    CHECK(chosen("preset:read-only") == "discord.read search");
    CHECK(chosen("not-destructive") == "discord.read shell search");
    CHECK(chosen("read-only,shell") ==
          "the preset \"read-only\" stands alone: write hint:read-only where it is to be one of several [haft-E0260]");
    CHECK(chosen("!read-only").starts_with("the preset \"read-only\" stands alone"));
    CHECK(chosen("preset:raed-only") ==
          "no preset is named \"raed-only\"; did you mean \"read-only\"?; there are "
          "read-only, not-destructive [haft-E0260]");
}

TEST_CASE("a name that nobody has is an error; a hint or a glob may match nothing", "[RG-07.5]") {
    CHECK(
        chosen("serch").starts_with("no tool is named \"serch\"; did you mean \"search\"?; there are discord.read, "));
    CHECK(chosen("!serch").starts_with("no tool is named \"serch\""));
    CHECK(chosen("hint:web") == "");
    CHECK(chosen("nobody.*") == "");
    const auto none = haft::select(haft::toolset{}, haft::selector{"x"});
    CHECK(none.error().message == "no tool is named \"x\"; there are none");
    haft::toolset many;
    std::vector<std::string> names;
    for (int i = 0; i < 25; ++i) names.push_back("tool_" + std::to_string(i));
    for (const std::string& name : names) many.add(named(name));
    CHECK(haft::select(many, haft::selector{"x"}).error().message.ends_with("tool_19 and 5 more"));
}

TEST_CASE("an empty selection is nothing", "[RG-07.6]") {
    CHECK(chosen("") == "");
    CHECK(chosen(" , ,") == "");
    CHECK(haft::selector{}.empty());
    CHECK_FALSE(haft::selector{"a"}.empty());
}

TEST_CASE("what is no item is an error that says what is one", "[RG-07.1]") {
    for (const std::string_view wrong : {"hint:", "!", "colour:red", "tag:", "version:", "a:b"}) {
        INFO(wrong);
        CHECK(chosen(wrong).find("means nothing; write a tool's name, a glob such as discord.*, or name:, hint:") !=
              std::string::npos);
    }
}

TEST_CASE("a tool that is disabled by default has to be named", "[RG-08.4]") {
    CHECK(chosen("*") == "discord.read discord.ban shell search");
    CHECK(chosen("dang*") == "");
    CHECK(chosen("danger") == "danger");
    CHECK(chosen("*,danger").ends_with("search danger"));
    const haft::toolset tools = examples();
    CHECK(haft::selector{"*"}.judge(*tools.find("danger")) == haft::selected::disabled_by_default);
}

TEST_CASE("versions are selected by range; what has no version passes", "[NX-12.2]") {
    CHECK(chosen("search,version:>=2 <3") == "search");
    CHECK(chosen("search,version:<2") == "");
    CHECK(chosen("search,shell,version:<2") == "shell");
    CHECK(chosen("version:<2") == "discord.read discord.ban shell");
    CHECK(chosen("!version:2.1") == "discord.read discord.ban shell");
}

TEST_CASE("a selector's text is what it was read from", "[RG-07.1]") {
    const std::string_view list = "discord.*,!discord.ban,hint:read-only,version:>=2 <3,search";
    CHECK(haft::selector::parse(list).text() == list);
}

TEST_CASE("hints are a closed vocabulary, tags are not", "[RG-07.1]") {
    CHECK(
        chosen("hint:destuctive") ==
        "no hint is named \"destuctive\"; did you mean \"destructive\"?; there are read-only, additive, destructive, "
        "idempotent, closed-world, file-ops, code-exec, web, thread-safe, private-data, untrusted-input, external-send "
        "[haft-E0260]");
    CHECK(chosen("!hint:destructve").starts_with("no hint is named \"destructve\"; did you mean \"destructive\"?"));
    CHECK_FALSE(haft::selector::parse("!hint:destructve").check_items());
    CHECK(chosen("hint:additive") == "");
    CHECK(chosen("tag:nobodys") == "");
    haft::tool t = named("note");
    t.effect = haft::additive;
    CHECK(haft::selector{"hint:additive"}.selects(t));
}

TEST_CASE("a misspelt item takes nothing away and gives nothing", "[RG-07.5]") {
    const haft::toolset tools = examples();
    for (const haft::tool& t : tools) CHECK_FALSE(haft::selector{"!hint:destructve"}.selects(t));
}

TEST_CASE("what a selector speaks of need not be named, though it is disabled by default", "[NX-05.8]") {
    const haft::toolset tools = examples();
    CHECK(haft::selector{"dang*"}.matches(*tools.find("danger")));
    CHECK_FALSE(haft::selector{"dang*"}.selects(*tools.find("danger")));
    CHECK_FALSE(haft::selector{"*", "!danger"}.matches(*tools.find("danger")));
}

TEST_CASE("a range of versions is understood or refused", "[NX-12.2]") {
    CHECK(chosen("search,version:>= 2") == "search");
    CHECK(chosen("search,version:>= 2 < 2.1") == "");
    CHECK(chosen("search,version:>=2<3") == "search");
    CHECK(chosen("search,version:v2.1") == "search");
    for (const std::string_view wrong : {">=two", "=>2", "~2", "^2", ">=", ">=2 <", "2.*", "latest", "!2"}) {
        INFO(wrong);
        CHECK_FALSE(haft::selector{std::string("version:").append(wrong)}.check_items());
    }
    CHECK(chosen("version:=>2") ==
          "no range of versions is written \"=>2\"; write one such as >=2 <3, each part one of "
          "= != < <= > >= and a version [haft-E0260]");
}

TEST_CASE("braces hold items or lists of them", "[RG-07.1]") {
    CHECK(haft::selector{"discord.*,shell", "search"}.text() == "discord.*,shell,search");
    haft::selector more{"shell"};
    more.add("search, discord.read");
    CHECK(more.text() == "shell,search,discord.read");
}

TEST_CASE("a tool that is called like a preset is selected by name:", "[RG-07.1]") {
    haft::toolset tools = examples();
    tools.add(named("read-only"));
    const auto by_name = haft::select(tools, {"name:read-only", "shell"});
    REQUIRE(by_name);
    REQUIRE(by_name->size() == 2);
    CHECK((*by_name)[1].name == "read-only");
    CHECK(chosen("name:serch").starts_with("no tool is named \"serch\"; did you mean \"search\"?"));
    CHECK(chosen("name:danger") == "danger");
    CHECK(haft::selector::parse("!name:read-only").text() == "!name:read-only");
}
