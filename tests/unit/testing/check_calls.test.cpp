// SPDX-License-Identifier: BSL-1.0
// Tools held to their own schemas: those of the project's tests keep them, and tools that don't are found out.
#include <haft/std.hpp>
#include <haft/testing.hpp>
#include <haft/toolbox.hpp>
#include <haft/views.hpp>
#include <haft/written.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unit/faults/call.hpp>
#include <unit/format/tools.hpp>
#include <unit/toolbox/engines.hpp>

namespace check_calls_test {

using haft::call_context;
using haft::errc;
using haft::result_writer;

/// Three capital letters, which its schema does not say.
struct code {
    std::string letters;
    static bool read(std::string_view text, code& to, std::string& why) {
        if (text.size() != 3 || text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos)
            return why = "three capital letters", false;
        return to.letters = text, true;
    }
    static void write(const code& from, std::string& out) { out += from.letters; }
};

}  // namespace check_calls_test

template <>
struct haft::schema::form<check_calls_test::code> : haft::schema::text_form<check_calls_test::code> {
    static constexpr std::string_view expected = "code";
    static bool read(std::string_view text, check_calls_test::code& to, std::string& why) {
        return check_calls_test::code::read(text, to, why);
    }
    static void write(const check_calls_test::code& from, std::string& out) {
        check_calls_test::code::write(from, out);
    }
};

namespace check_calls_test {

struct by_code {
    code which;
};
struct by_shown_code {
    code which;
    static constexpr std::array haft_fields{haft::field{"which", "", haft::examples("ARN", "JFK")}};
};
int count_code(const by_code&) { return 1; }
int count_shown_code(const by_shown_code&) { return 1; }

std::string text_of_number(int n) { return std::to_string(n); }

/// A tool that was not made by haft: what it does with arguments is written here.
haft::tool raw(std::string_view schema, haft::tool::function* run) {
    haft::tool t;
    t.name = "raw";
    t.input_schema = schema;
    t.effect = haft::read_only;
    t.execute = run;
    return t;
}
constexpr std::string_view days_schema =
    R"({"type":"object","properties":{"days":{"type":"integer","minimum":1,"maximum":14},"note":{"type":"string"},"tags":{"type":"array","items":{"type":"string"}}},"required":["days"],"additionalProperties":false})";

void refuse_at(result_writer& out, errc code, std::string pointer) {
    haft::error e{errc::invalid_arguments, "refused"};
    haft::fault& f = e.faults.emplace_back();
    f.code = code, f.pointer = std::move(pointer), f.message = "so it is";
    out.fail(std::move(e));
}
/// Asks haft's own check, as a tool would that has a schema, and then does something of its own.
template <void Own(std::string_view, result_writer&)>
void checked(const void*, std::string_view arguments, call_context&, result_writer& out) {
    static const auto schema = haft::written_schema::compile(days_schema);
    haft::checked_value found = schema->validate(arguments, {}, {.null_is_absence = true});
    if (!found.ok()) {
        haft::error e{errc::invalid_arguments, "refused", std::move(found.faults), found.more_faults};
        return out.fail(std::move(e));
    }
    Own(arguments, out);
}
void honest(std::string_view, result_writer&) {}
void dislikes_tags(std::string_view arguments, result_writer& out) {
    if (arguments.find("tags\":[") != std::string_view::npos) refuse_at(out, errc::wrong_type, "/tags");
}
void throws_on_notes(std::string_view arguments, result_writer&) {
    if (arguments.find("note\":\"") != std::string_view::npos) throw std::logic_error("no notes, please");
}
void takes_everything(const void*, std::string_view, call_context&, result_writer&) {}
void refuses_everything(const void*, std::string_view, call_context&, result_writer& out) {
    refuse_at(out, errc::wrong_type, "/note");
}
/// Takes a day that is beyond the limits, and nothing else that is wrong.
void careless(const void*, std::string_view arguments, call_context&, result_writer& out) {
    static const auto schema = haft::written_schema::compile(days_schema);
    haft::checked_value found = schema->validate(arguments, {}, {.null_is_absence = true});
    if (found.ok() || (found.faults.size() == 1 && found.faults[0].code == errc::out_of_limits)) return;
    haft::error e{errc::invalid_arguments, "refused", std::move(found.faults), found.more_faults};
    out.fail(std::move(e));
}
/// The same where a note stands beside it only.
void careless_with_notes(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
    if (arguments.find("note\":\"") != std::string_view::npos) careless(self, arguments, context, out);
    else checked<honest>(self, arguments, context, out);
}

std::string said(const haft::tool& t, const haft::testing::check_options& options = {}) {
    try {
        haft::testing::check_calls(t, options);
    } catch (const haft::testing::failure& f) { return f.what(); }
    return "";
}
constexpr auto always = haft::testing::making_calls::always;

}  // namespace check_calls_test

using namespace check_calls_test;
namespace testing = haft::testing;

TEST_CASE("every tool of the project's tests keeps its schema", "[NX-15][TD-05][NX-06]") {
    std::vector<haft::toolset> sets{engines::tools(), {faults_test::tool}, format_test::tools()};
    std::size_t tools = 0;
    for (const haft::toolset& set : sets)
        for (const haft::tool& t : set) {
            if (t.name == format_test::tagged.name) continue;  // which takes anything: see below
            // Those that add what they are given would overflow at its edges.
            const bool adds = t.name == "Files.read" || t.name == "state" || t.name == "shop.place_order";
            INFO(t.name << ": " << t.input_schema);
            const testing::checked_calls found =
                testing::check_calls(t, {.seed = 7,
                                         .count = 40,
                                         .formats_bind = t.execute == &haft::execute_binding,
                                         .make = adds ? testing::making_calls::never : always});
            CHECK(found.taken >= 2);
            CHECK(found.refused >= 10);
            ++tools;
        }
    CHECK(tools >= 30);
    CHECK(said(format_test::tagged, {.make = always}).find("expected:  a fault at the arguments haft-E0202") !=
          std::string::npos);
}

TEST_CASE("tools whose schemas were written by hand keep them, however their handlers take the arguments",
          "[NX-15][TD-08]") {
    haft::toolset tools;
    const std::string_view schema =
        R"({"type":"object","properties":{"city":{"type":"string","minLength":1,"pattern":"^[A-Z]"},"days":{"type":"integer","minimum":1,"maximum":14},"where":{"anyOf":[{"$ref":"#/$defs/point"},{"type":"null"}]}},"required":["city"],"additionalProperties":false,"$defs":{"point":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number","multipleOf":0.5}},"required":["x"],"additionalProperties":false}}})";
    REQUIRE(tools.add("text", "", schema, [](std::string_view arguments) { return std::string(arguments); }));
    REQUIRE(tools.add("any", "", schema, [](const haft::json_text& arguments) { return arguments; }));
    const testing::checked_calls found = testing::check_calls(tools, {.make = always});
    CHECK(found.taken > 200);
    CHECK(found.refused > 200);
    CHECK(found.errors == 0);
    CHECK(found.own_grammar == 0);
    // A handler with parameters of its own that are narrower than what the schema promises.
    REQUIRE(tools.add(
        "narrow", "",
        R"({"type":"object","properties":{"n":{"type":"number"}},"required":["n"],"additionalProperties":false})",
        [](haft::arg<"n", int> n) { return *n; }));
    CHECK(said(tools[2], {.make = always}).find("arguments: {\"n\":") != std::string::npos);
}

TEST_CASE("views of tools keep the schemas that they show", "[NX-15][NX-04]") {
    const haft::toolset tools =
        format_test::tools() | haft::views::filter(haft::selector{"shop.*"}) |
        haft::views::transform(
            "shop.place_order",
            haft::transform{}.rename_arg("size", "how_large").hide("gift", "true").set_default("discount", "0.1"));
    REQUIRE(tools.size() == 1);
    CHECK(testing::check_calls(tools).taken > 50);
}

TEST_CASE("a tool that refuses what its schema allows is found out, in the shortest form", "[NX-15]") {
    CHECK(said(raw(days_schema, &checked<honest>)) == "");
    const std::string text = said(raw(days_schema, &checked<dislikes_tags>));
    CHECK(text.starts_with(
        "tool \"raw\"\n  arguments: {\"days\":1,\"tags\":[]}\n  expected:  taken: its schema allows it ("));
    CHECK(text.find("got:       refused\n- /tags: so it is [haft-E0202]\n  seed:      1") != std::string::npos);
    CHECK(said(raw(days_schema, &refuses_everything)).find("arguments: {\"days\":1}\n  expected:  taken") !=
          std::string::npos);
}

TEST_CASE("a tool that takes what its schema forbids is found out, in the shortest form", "[NX-15]") {
    const std::string text = said(raw(days_schema, &careless));
    CHECK(text.starts_with(
        "tool \"raw\"\n  arguments: {\"days\":0}\n  expected:  a fault at /days haft-E0205 (a number beyond"));
    CHECK(text.find("got:       the result ") != std::string::npos);
    const std::string with_note = said(raw(days_schema, &careless_with_notes));
    CHECK(with_note.starts_with("tool \"raw\"\n  arguments: {\"days\":0,\"note\":\"\"}\n  expected:  a fault at /days"));
    CHECK(with_note.find("\n  found as:  ") != std::string::npos);
    CHECK(said(raw(days_schema, &takes_everything)).find("expected:  a fault at the arguments haft-E0202") !=
          std::string::npos);
}

TEST_CASE("a refusal has to say where", "[NX-15]") {
    constexpr auto elsewhere = [](const void*, std::string_view arguments, call_context&, result_writer& out) {
        static const auto schema = haft::written_schema::compile(days_schema);
        if (!schema->validate(arguments, {}, {.null_is_absence = true}).ok())
            refuse_at(out, errc::wrong_type, "/elsewhere");
    };
    CHECK(said(raw(days_schema, elsewhere)).find("a refusal that does not say so: refused\n- /elsewhere") !=
          std::string::npos);
}

TEST_CASE("an exception that leaves a tool is a failure", "[NX-15][fault-61]") {
    const std::string text = said(raw(days_schema, &checked<throws_on_notes>));
    CHECK(text.starts_with("tool \"raw\"\n  arguments: {\"days\":1,\"note\":\"\"}\n"));
    CHECK(text.find("got:       an exception that left the tool: no notes, please") != std::string::npos);
}

TEST_CASE("an error of the tool's own is its business, unless one says otherwise", "[NX-15]") {
    haft::toolset tools;
    REQUIRE(tools.add("never", {.description = "Fails", .effect = haft::read_only},
                      [](haft::arg<"n", int>) -> int { throw std::runtime_error("not today"); }));
    const testing::checked_calls found = testing::check_calls(tools[0]);
    CHECK(found.errors == found.taken);
    CHECK(found.errors > 0);
    CHECK(said(tools[0], {.may_fail = false}).find("got:       not today [haft-E0210]") != std::string::npos);
}

TEST_CASE("only read-only tools are run unasked; others are asked", "[NX-15]") {
    int calls = 0;
    haft::toolset tools;
    const auto count = [&calls](haft::arg<"n", int>) { ++calls; };
    REQUIRE(tools.add("reads", {.description = "", .effect = haft::read_only}, count));
    REQUIRE(tools.add("writes", {.description = "", .effect = haft::destructive}, count));
    REQUIRE(tools.add("says_nothing", "", count));
    const testing::checked_calls asked = testing::check_calls(tools[1]);
    CHECK(testing::check_calls(tools[2]).taken == asked.taken);
    CHECK(calls == 0);
    CHECK(!asked.made);
    CHECK(asked.taken > 10);
    CHECK(testing::check_calls(tools[0]).made);
    CHECK(calls > 10);
    calls = 0;
    testing::check_calls(tools[0], {.make = testing::making_calls::never});
    CHECK(calls == 0);
    testing::check_calls(tools[1], {.make = always});
    CHECK(calls > 10);
    haft::tool dumb = raw(days_schema, &checked<honest>);
    dumb.effect = haft::effect::unspecified;
    CHECK(said(dumb).find("can't be asked about arguments without a call") != std::string::npos);
}

TEST_CASE("a type with a grammar of its own may refuse texts, but not all of them", "[NX-15]") {
    CHECK(said(haft::make<&count_code>(""))
              .find("at /which its schema allows texts and the type refuses all that were tried") != std::string::npos);
    const testing::checked_calls found = testing::check_calls(haft::make<&count_shown_code>(""));
    CHECK(found.own_grammar > 10);
    CHECK(found.taken > 5);
}

TEST_CASE("a schema that nothing keeps is a failure", "[NX-15]") {
    CHECK(said(raw(R"({"type":"object","properties":{"n":false},"required":["n"]})", &takes_everything))
              .find("no arguments were found that its schema allows") != std::string::npos);
}
