// SPDX-License-Identifier: BSL-1.0
// Commands that stand beside their functions.
#include <haft/command.hpp>

#include "enrol_command_header.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace enrolled_commands {

std::string zebra(haft::command_context& c) { return "zebra " + std::string(c.full_args); }
HAFT_COMMAND(zebra, {.aliases = {"z"}, .description = "Shows a zebra", .share_with_model = true});

inline constexpr std::array words{haft::field{"text", "What to say"}};
std::string echo(std::string text) { return text; }
HAFT_COMMAND_NAMED(echo, words, "Says it again");

}  // namespace enrolled_commands

TEST_CASE("HAFT_COMMAND beside a function enrols it, sorted by name, once for each header", "[CM-01]") {
    const std::vector<haft::command> all = haft::compiled_in_commands();
    std::vector<std::string> names;
    for (const haft::command& one : all)
        if (one.origin && one.origin->name.find("enrolled_commands") != std::string_view::npos)
            names.emplace_back(one.name);
    CHECK(names == std::vector<std::string>{"ape", "echo", "yak", "zebra"});  // yak stands in another file
    haft::command_set set;
    std::vector<haft::enlistment> handles;
    for (const haft::command& one : all) {
        auto handle = set.add(one, {.owner = "mine"});
        REQUIRE(handle);
        handles.push_back(std::move(*handle));
    }
    CHECK(set.dispatch("/z a  b").text() == "zebra a  b");
    CHECK(set.dispatch("/z").share_with_model);
    CHECK(set.dispatch("/echo 'a b'").text() == "a b");
    CHECK(set.dispatch("/ape").text() == "ape");
    CHECK(set.dispatch("/yak").text() == "yak");
    for (const haft::command& one : all)
        if (one.name == "zebra") CHECK(one.origin->text().find("enrol_command.test.cpp:") != std::string::npos);
    const auto second = set.add(haft::make_command<&enrolled_commands::echo, enrolled_commands::words>());
    REQUIRE_FALSE(second);
    CHECK(second.error().message.find("enrol_command.test.cpp:") != std::string::npos);
}

TEST_CASE("What HAFT_COMMAND leaves behind needs neither memory nor a destructor", "[CM-01]") {
    static_assert(std::is_trivially_destructible_v<haft::detail::command_enrolment>);
    static_assert(std::is_trivially_destructible_v<haft::command>);
    static constexpr haft::command at_compile_time = haft::make_command<&enrolled_commands::zebra>("Zebra");
    static_assert(at_compile_time.name == "zebra");
    SUCCEED();
}

TEST_CASE("A part for each of many commands", "[CM-01]") {
    haft::kinds where;
    std::vector<haft::enlistment> handles;
    for (const haft::part& one : haft::command_parts(haft::compiled_in_commands())) {
        CHECK(one.kind == "command");
        auto handle = one.enlist(where, "mine");
        REQUIRE(handle);
        handles.push_back(std::move(*handle));
    }
    CHECK(where.get<haft::command_set>().dispatch("/mine.yak").text() == "yak");
    handles.clear();
    CHECK(where.get<haft::command_set>().rows().empty());
}
