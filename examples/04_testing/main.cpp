// SPDX-License-Identifier: BSL-1.0
// Tests of tools without a test framework: a call, an error, a fault at its place, and calls generated from the schema, which find
// the tool that promises more than it keeps.
#include <haft/testing.hpp>
#include <haft/written.hpp>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace testing = haft::testing;

struct forecast_query {
    std::string city;
    int days = 3;
    static constexpr std::array haft_fields{
        haft::field{"city", "City name, for example Stockholm", haft::min_length(1)},
        haft::field{"days", "Days ahead", haft::minimum(1), haft::maximum(14)}};
};
std::string forecast(const forecast_query& q) {
    if (q.city == "Atlantis") throw std::runtime_error("there is no such city");
    return "sun over " + q.city + " for " + std::to_string(q.days) + " days";
}

namespace {

/// What a test framework does: runs a test, and shows the text of what it throws.
template <class Test>
void run(const char* name, Test test) {
    try {
        test();
        std::printf("passed: %s\n", name);
    } catch (const std::exception& e) { std::printf("FAILED: %s\n%s\n", name, e.what()); }
}

}  // namespace

int main() {
    haft::toolset tools{haft::make<&forecast>({.description = "Weather forecast", .effect = haft::read_only})};
    // A schema that somebody wrote by hand, and a handler that does not keep to it.
    tools.add(
        "half", {.description = "Half of an even number", .effect = haft::read_only},
        R"({"type":"object","properties":{"n":{"type":"integer","minimum":0}},"required":["n"],"additionalProperties":false})",
        [](haft::arg<"n", int, haft::maximum(1000)> n) { return *n / 2; });

    run("a call", [&] {
        if (testing::call(tools, "forecast", R"({"city":"Lund","days":2})") != R"("sun over Lund for 2 days")")
            throw std::runtime_error("another forecast");
    });
    run("an error",
        [&] { testing::expect_error(tools, "forecast", R"({"city":"Atlantis"})", haft::errc::tool_failed); });
    run("a fault at its place", [&] {
        testing::expect_fault(tools, "forecast", R"({"city":"Lund","days":15})", haft::errc::out_of_limits, "/days");
    });
    run("an error that does not come",
        [&] { testing::expect_error(tools, "forecast", R"({"city":"Lund"})", haft::errc::tool_failed); });
    run("forecast keeps its schema", [&] {
        const testing::checked_calls found = testing::check_calls(tools[0]);
        std::printf("  %zu calls taken, %zu refused\n", found.taken, found.refused);
    });
    run("half keeps its schema", [&] { testing::check_calls(tools[1]); });
}
