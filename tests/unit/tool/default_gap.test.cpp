// SPDX-License-Identifier: BSL-1.0
// Defaults that only the function knows: whether one may be left out where a later one is given, and what is exported then.
#include <haft/format/openai.hpp>
#include <haft/host/doubts.hpp>
#include <haft/tool.hpp>
#include <haft/toolbox.hpp>

#if HAFT_HAS_REFLECTION()

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

namespace default_gap_test {

int none(int a, int b) { return a + b; }
int last(int a, int b = 2) { return a + b; }
int both(int a, int b = 2, int c = 3) { return a + b + c; }
int first_told(int a, [[= haft::default_(2)]] int b = 2, int c = 3) { return a + b + c; }
int second_told(int a, int b = 2, [[= haft::default_(3)]] int c = 3) { return a + b + c; }
int required(int a, [[= haft::required]] int b = 2, int c = 3) { return a + b + c; }
int optional(std::optional<int> a, haft::call_context&, int b = 2, [[= haft::as("sea")]] int c = 3) {
    return a.value_or(0) + b + c;
}
struct parameters {
    int a = 1, b = 2;
};
int by_struct(const parameters& p) { return p.a; }

struct [[= haft::doc("A box")]] box {
    int method(int b = 2, int c = 3) const { return b + c; }
};

}  // namespace default_gap_test

using namespace default_gap_test;

TEST_CASE("a tool knows which of its defaults can't stand where the next parameter is given") {
    STATIC_REQUIRE(haft::make<^^none>().default_gap == 0);
    STATIC_REQUIRE(haft::make<^^last>().default_gap == 0);
    STATIC_REQUIRE(haft::make<^^both>().default_gap == 2);
    STATIC_REQUIRE(haft::make<&both>().default_gap == 2);
    STATIC_REQUIRE(haft::make<^^first_told>().default_gap == 0);
    STATIC_REQUIRE(haft::make<^^second_told>().default_gap == 2);
    STATIC_REQUIRE(haft::make<^^required>().default_gap == 0);
    STATIC_REQUIRE(haft::make<^^optional>().default_gap == 2);
    STATIC_REQUIRE(haft::make<^^by_struct>().default_gap == 0);
    haft::toolset tools{*haft::make_toolbox<box>()};
    REQUIRE(tools.add("lambda", "", [](int b = 2, int c = 3) { return b + c; }));
    REQUIRE(tools.size() == 2);
    CHECK(tools[0].default_gap == 1);
    CHECK(tools[1].default_gap == 1);
}

TEST_CASE("such a tool is exported as not strict, and the note and list --check name both parameters", "[IO-03]") {
    const haft::toolset tools{haft::make<^^last>(), haft::make<^^optional>()};
    const auto exported = haft::formats::openai::tools(haft::formats::name_map(tools), {.strict = true});
    CHECK(exported.json.find(R"("name":"last","parameters":{"type":"object","properties":{"a":{"type":"integer"},)"
                             R"("b":{"type":["integer","null"]}},"required":["a","b"],)"
                             R"("additionalProperties":false},"strict":true}})") != std::string::npos);
    CHECK(exported.json.find(R"("name":"optional","parameters":{"type":"object","properties":{"a":{"type":"integer"},)"
                             R"("b":{"type":"integer"},"sea":{"type":"integer"}},"additionalProperties":false}}})") !=
          std::string::npos);
    REQUIRE(exported.notes.size() == 1);
    CHECK(
        exported.notes[0] ==
        "tool \"optional\" is not strict: only the function knows the default of \"b\", so \"b\" has to be given where "
        "\"sea\" is; [[=haft::default_(value)]] on it tells the value");
    std::string told;
    for (const haft::host::doubt& d : haft::host::doubts_about(tools))
        if (d.what.find("strict") != std::string::npos) told += d.tool + ": " + d.what;
    CHECK(told ==
          "optional: it is never exported as strict: only the function knows the default of \"b\", so \"b\" has to be "
          "given where \"sea\" is; [[=haft::default_(value)]] on it tells the value");
    CHECK(*tools.call("last", R"({"a":1,"b":null})") == "3");
}

#endif  // HAFT_HAS_REFLECTION()
