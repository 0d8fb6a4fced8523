// SPDX-License-Identifier: BSL-1.0
#include <haft/host/doubts.hpp>
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct described {
    int a;
    static constexpr std::array haft_fields{haft::field{"a", "The first"}};
};
struct undescribed {
    int a;
    int b = 2;
    static constexpr std::array haft_fields{haft::field{"b", "The second"}};
};
int good(const described& d) { return d.a; }
int silent(const undescribed& d) { return d.a + d.b; }

std::vector<std::string> doubts(const haft::toolset& tools) {
    std::vector<std::string> out;
    for (const haft::host::doubt& d : haft::host::doubts_about(tools))
        out.push_back((d.is_error ? "error " : "warning ") + d.tool + ": " + d.what);
    return out;
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("of a tool that says all there is nothing to doubt", "[NX-01]") {
    CHECK(doubts({haft::make<&good>("Does good")}).empty());
    CHECK(doubts({}).empty());
}

TEST_CASE("what lacks a description is doubtful", "[NX-01]") {
    CHECK(doubts({haft::make<&silent>(), haft::make<&good>(" \n")}) ==
          texts{"warning silent: no description: a model can only guess what it does",
                "warning silent: the parameter \"a\" has no description",
                "warning good: no description: a model can only guess what it does"});
}

TEST_CASE("what a toolset has refused is an error, what it warns of a doubt", "[NX-01][fault-51][fault-57]") {
    haft::toolset tools{haft::make<&good>("Does good"), haft::make<&good>("Does good again")};
    tools.add("GOOD", "Does\u200B too", [](const described& d) { return d.a; });
    CHECK(
        doubts(tools) ==
        texts{"error : two tools are named \"good\": the first, \"Does good\", stays; the second, \"Does good again\", "
              "was not added [haft-E0212]",
              "warning : the tools \"good\" and \"GOOD\" differ only in case; some take them for one [haft-E0216]",
              "warning : the description of tool \"GOOD\" holds characters that nobody sees; they were taken out "
              "[haft-E0217]",
              "warning GOOD: its name begins with a capital letter, as those of toolboxes do"});
}

TEST_CASE("hidden characters in a parameter's description are seen", "[fault-57]") {
    haft::tool t = haft::make<&good>("Does good");
    t.input_schema =
        "{\"type\":\"object\",\"properties\":{\"a\":{\"description\":\"x\\u202Ey\"},\"b\":{\"description\":\"y\u200B\"}"
        "}}";
    CHECK(doubts({t}) ==
          texts{"warning good: the description of the parameter \"a\" holds characters that nobody sees",
                "warning good: the description of the parameter \"b\" holds characters that nobody sees"});
}

TEST_CASE("a default that only the function knows is doubtful where another follows: no export is strict", "[IO-03]") {
    haft::tool t = haft::make<&good>("Does good");
    t.input_schema = R"({"properties":{"a":{"description":"x"},"b":{"description":"y"},"c":{"description":"z"}}})";
    CHECK(doubts({t}).empty());
    t.default_gap = 2;
    CHECK(
        doubts({t}) ==
        texts{
            "warning good: it is never exported as strict: only the function knows the default of \"b\", so \"b\" has "
            "to be given where \"c\" is; [[=haft::default_(value)]] on it tells the value"});
}

TEST_CASE("a tag that only looks like an effect or a hint is doubtful", "[TD-09]") {
    CHECK(doubts({haft::make<&good>({.description = "x", .tags = "read-only web slow"})}) ==
          texts{"warning good: the tag \"read-only\" says it to nobody but readers of tags; write .effect as well",
                "warning good: the tag \"web\" says it to nobody but readers of tags; write .hints as well"});
    CHECK(
        doubts({haft::make<&good>(
                   {.description = "x", .effect = haft::read_only, .hints = haft::web, .tags = "read-only web slow"})})
            .empty());
}

TEST_CASE("a function whose name looks like a toolbox's is doubtful", "[TB-05.2]") {
    haft::toolset tools;
    tools.add("Search", "Searches", [] { return 1; });
    tools.add("Memory.get", "Gets", [] { return 1; });
    const auto doubts = haft::host::doubts_about(tools);
    REQUIRE(doubts.size() == 1);
    CHECK(doubts[0].tool == "Search");
    CHECK(doubts[0].what == "its name begins with a capital letter, as those of toolboxes do");
}

TEST_CASE("tools that take too much of every prompt are told", "[fault-59.3]") {
    haft::toolset tools;
    for (int i = 0; i < 1000; ++i)
        tools.add("tool_" + std::to_string(i),
                  {.description = "Does something that is told in sixty bytes or so, for a test", .deferred = i >= 300},
                  [] { return 1; });
    CHECK(haft::host::doubts_about(tools).empty());
    for (int i = 1000; i < 2000; ++i)
        tools.add("tool_" + std::to_string(i), "Does something that is told in sixty bytes or so, for a test",
                  [] { return 1; });
    const auto doubts = haft::host::doubts_about(tools);
    REQUIRE(doubts.size() == 1);
    CHECK(doubts[0].what.starts_with("the tools take about "));
    CHECK(doubts[0].what.ends_with(" tokens of every prompt, more than 20000; defer some, or select"));
}
