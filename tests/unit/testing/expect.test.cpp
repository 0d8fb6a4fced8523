// SPDX-License-Identifier: BSL-1.0
// One call in a test, by itself: what it gives, and what a failure says.
#include <haft/registry.hpp>
#include <haft/testing.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include <unit/testing/support.hpp>

namespace expect_test {

struct forecast_query {
    std::string city;
    int days = 3;
    static constexpr std::array haft_fields{haft::field{"city", "City name", haft::min_length(1)},
                                            haft::field{"days", "", haft::minimum(1), haft::maximum(14)}};
};
std::string forecast(const forecast_query& q) {
    if (q.city == "Atlantis") throw std::runtime_error("no such city");
    return q.city + " for " + std::to_string(q.days);
}
const haft::toolset tools{haft::make<&forecast>("Weather forecast")};


}  // namespace expect_test

using namespace expect_test;
using testing_test::said;
namespace testing = haft::testing;

TEST_CASE("a call gives its result, of a set, of one tool and of a registry", "[NX-15]") {
    CHECK(testing::call(tools, "forecast", R"({"city":"Lund"})") == R"("Lund for 3")");
    CHECK(testing::call(tools[0], R"({"city":"Lund","days":4})") == R"("Lund for 4")");
    haft::registry hosted;
    REQUIRE(hosted.add_tool(tools[0]));
    CHECK(testing::call(hosted, "forecast", R"({"city":"Lund"})") == R"("Lund for 3")");
    CHECK(testing::expect_fault(hosted, "forecast", "{}", haft::errc::missing_parameter, "/city").pointer == "/city");
}

TEST_CASE("a call that fails says tool, arguments and why, by an exception that any framework shows", "[NX-15]") {
    STATIC_REQUIRE(std::is_base_of_v<std::runtime_error, testing::failure>);
    CHECK(said([] { testing::call(tools, "forecast", R"({"city":"Atlantis"})"); }) ==
          "tool \"forecast\"\n  arguments: {\"city\":\"Atlantis\"}\n  expected:  a result\n"
          "  got:       no such city [haft-E0210]");
    CHECK(said([] { testing::call(tools, "forcast", "{}"); }) ==
          "tool \"forcast\"\n  arguments: {}\n  expected:  a result\n"
          "  got:       tool \"forcast\" does not exist; did you mean \"forecast\"? [haft-E0211]");
    CHECK(said([] { testing::call(tools, "forecast", std::string(3000, 'x') + "\n"); }).size() < 3000);
}

TEST_CASE("an error is expected by its code", "[NX-15]") {
    const haft::error e = testing::expect_error(tools, "forecast", R"({"city":"Atlantis"})", haft::errc::tool_failed);
    CHECK(e.message == "no such city");
    CHECK(testing::expect_error(tools[0], "{}", haft::errc::invalid_arguments).faults.size() == 1);
    CHECK(said([] { testing::expect_error(tools, "forecast", R"({"city":"Lund"})", haft::errc::tool_failed); }) ==
          "tool \"forecast\"\n  arguments: {\"city\":\"Lund\"}\n  expected:  error haft-E0210\n"
          "  got:       the result \"Lund for 3\"");
    CHECK(said([] {
              testing::expect_error(tools, "forecast", "{}", haft::errc::tool_failed);
          }).find("/city: required, but not given") != std::string::npos);
}

TEST_CASE("a fault is expected by its code and pointer, among others", "[NX-15]") {
    const haft::fault f =
        testing::expect_fault(tools, "forecast", R"({"days":15})", haft::errc::out_of_limits, "/days");
    CHECK(f.expected == "integer from 1 to 14");
    CHECK(testing::expect_fault(tools[0], "[]", haft::errc::wrong_type, "").pointer.empty());
    CHECK(said([] {
              testing::expect_fault(tools, "forecast", "{}", haft::errc::out_of_limits, "/days");
          }).starts_with("tool \"forecast\"\n  arguments: {}\n  expected:  fault haft-E0205 at /days\n  got:       "));
    CHECK(said([] {
              testing::expect_fault(tools, "forecast", R"({"city":"x"})", haft::errc::out_of_limits, "/days");
          }).ends_with("got:       the result \"x for 3\""));
    // the right place and another code, the right code and another place
    CHECK(said([] { testing::expect_fault(tools, "forecast", R"({"city":1})", haft::errc::out_of_limits, "/city"); }) !=
          "");
    CHECK(said([] { testing::expect_fault(tools, "forecast", R"({"city":1})", haft::errc::wrong_type, "/days"); }) !=
          "");
}

TEST_CASE("options travel with the call", "[NX-15]") {
    haft::call_options lenient;
    lenient.mode = haft::lenient;
    CHECK(testing::call(tools, "forecast", R"({"city":"Lund","days":"4"})", lenient) == R"("Lund for 4")");
}
