// SPDX-License-Identifier: BSL-1.0
// HAFT_TOOL and what compiled_in() makes of it, over two translation units; the second is enrol_other_unit.cpp. How it
// fares with linkers and shared libraries is in tests/consumer.
// alone: expects the names of functions as they stand in a file
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <unit/tool/enrol_header.hpp>
#include <unit/tool/enrol_second_header.hpp>

namespace enrol_test {

int plain() noexcept { return 1; }
int by_pointer(place p) { return p.x + p.y; }

namespace first {
int twice_named() { return 1; }
HAFT_TOOL(twice_named, "Has its name first");
}  // namespace first

namespace {
int hidden() { return 4; }
HAFT_TOOL(hidden, "Stands in an unnamed namespace");
}  // namespace

int told_twice();

struct holder {
    static int member() { return 5; }
};
template <class T>
struct plain_of {  // begins like a function's name
    static int plain() { return 8; }
};
template <class T>
T made_of_template() {
    return 6;
}

}  // namespace enrol_test

HAFT_TOOL(enrol_test::plain, "Stands in a namespace");
HAFT_TOOL(&enrol_test::by_pointer, "Given as a pointer");
HAFT_TOOL(enrol_test::plain, {.description = "The same function again", .name = "another_name"});
HAFT_TOOL(enrol_test::told_twice, "Told in the test");
HAFT_TOOL(enrol_test::holder::member, "A static member");
HAFT_TOOL(enrol_test::made_of_template<int>, "A function of a template");
HAFT_TOOL(enrol_test::plain_of<std::string>::plain, {.name = "plain_of_string"});
HAFT_TOOL([] { return 7; }, {.description = "A lambda", .name = "a_lambda"});

haft::toolset compiled_in_seen_from_the_other_unit();

namespace {

std::vector<std::string> names(const haft::toolset& tools) {
    std::vector<std::string> out;
    for (const haft::tool& t : tools) out.emplace_back(t.name);
    return out;
}
std::string call(const haft::toolset& tools, std::string_view name, std::string_view arguments = "{}") {
    const auto result = tools.call(name, arguments);
    return result ? *result : result.error().text();
}
std::string_view description(const haft::toolset& tools, std::string_view name) {
    const haft::tool* const t = tools.find(name);
    return t ? t->description : "(none)";
}

}  // namespace

TEST_CASE("what was enrolled is compiled in, sorted by name", "[TD-01]") {
    const haft::toolset tools = haft::compiled_in();
    std::vector<std::string> of_these_files;  // where the compiler has reflection, reflected.test.cpp enrols some, too
    for (const haft::tool& t : tools)
        if (std::string_view(t.origin->file) != "reflected.test.cpp") of_these_files.emplace_back(t.name);
    CHECK(of_these_files == std::vector<std::string>{"a_lambda", "another_name", "by_pointer", "hidden", "in_header",
                                                   "in_second_header", "made_of_template", "member", "not_inline",
                                                   "plain", "plain_of_string", "told_twice", "twice_named"});
    CHECK(call(tools, "plain") == "1");
    CHECK(call(tools, "by_pointer", R"({"x":1,"y":2})") == "3");
    CHECK(call(tools, "hidden") == "4");
    CHECK(call(tools, "in_header", R"({"x":9})") == "9");
    CHECK(call(tools, "in_second_header") == "2");
    CHECK(call(tools, "member") == "5");
    CHECK(call(tools, "made_of_template") == "6");
    CHECK(call(tools, "a_lambda") == "7");
    CHECK(call(tools, "another_name") == "1");
    CHECK(tools.warnings().empty());
}

TEST_CASE("an enrolled tool is exactly that of haft::make", "[TD-01]") {
    const haft::toolset tools = haft::compiled_in();
    const haft::tool made = haft::make<&enrol_test::in_header>(
        {.description = "Stands in a header", .effect = haft::read_only, .group = "places"});
    const haft::tool* const t = tools.find("in_header");
    REQUIRE(t);
    CHECK(t->name == made.name);
    CHECK(t->description == made.description);
    CHECK(t->input_schema == made.input_schema);
    CHECK(t->output_schema == made.output_schema);
    CHECK(t->effect == made.effect);
    CHECK(t->group == made.group);
    CHECK(t->execute == made.execute);
    CHECK(t->self == made.self);
}

TEST_CASE("a tool knows where it was enrolled") {
    const haft::toolset tools = haft::compiled_in();
    const auto from = [&](std::string_view name) { return tools.find(name)->origin->text(); };
    CHECK(from("in_header") == "enrol_test::in_header (enrol_header.hpp:14)");
    CHECK(from("in_second_header") == "enrol_test::second::in_second_header (enrol_second_header.hpp:14)");
    CHECK(from("hidden").starts_with("enrol_test::(anonymous)::hidden (enrol.test.cpp:"));
    CHECK(from("member").starts_with("enrol_test::holder::member (enrol.test.cpp:"));
    CHECK(from("by_pointer").starts_with("enrol_test::by_pointer (enrol.test.cpp:"));
    CHECK(from("plain_of_string").starts_with("enrol_test::plain_of<std::"));
    CHECK(from("plain_of_string").find(">::plain (enrol.test.cpp:") != std::string::npos);
    CHECK(from("made_of_template").starts_with("enrol_test::made_of_template (enrol.test.cpp:"));
}

TEST_CASE("two functions of one tool name are refused, naming both", "[fault-49]") {
    const haft::toolset tools = haft::compiled_in();
    std::string refusals;
    for (const haft::error& e : tools.refusals()) refusals += e.text() + "\n";
    const auto line = [&](std::string_view name) { return std::to_string(tools.find(name)->origin->line); };
    CHECK(refusals ==
          "two tools are named \"not_inline\": the first, enrol_test::not_inline (enrol_header.hpp:18), stays; the "
          "second, enrol_test::not_inline (enrol_header.hpp:18), was not added (one line, but two functions: in a "
          "header, "
          "write inline instead of static) [haft-E0212]\n"
          "two tools are named \"told_twice\": the first, enrol_test::told_twice (enrol.test.cpp:" +
              line("told_twice") +
              "), stays; the second, enrol_test::told_twice (enrol_other_unit.cpp:17), was not added [haft-E0212]\n"
              "two tools are named \"twice_named\": the first, enrol_test::first::twice_named (enrol.test.cpp:" +
              line("twice_named") +
              "), stays; the second, enrol_test::other::twice_named (enrol_other_unit.cpp:12), was not added "
              "[haft-E0212]\n");
    CHECK(description(tools, "told_twice") == "Told in the test");
    CHECK(description(tools, "twice_named") == "Has its name first");
    CHECK(call(tools, "twice_named") == "1");
}

TEST_CASE("every translation unit sees the same set, each time") {
    const haft::toolset here = haft::compiled_in();
    const haft::toolset there = compiled_in_seen_from_the_other_unit();
    CHECK(names(here) == names(there));
    CHECK(names(here) == names(haft::compiled_in()));
    REQUIRE(here.refusals().size() == there.refusals().size());
    for (std::size_t i = 0; i < here.refusals().size(); ++i)
        CHECK(here.refusals()[i].text() == there.refusals()[i].text());
}

TEST_CASE("an enrolment leaves nothing to destroy") {
    STATIC_REQUIRE(std::is_trivially_destructible_v<haft::detail::tool_enrolment>);
    STATIC_REQUIRE(std::is_trivially_copyable_v<haft::detail::tool_enrolment>);
}
