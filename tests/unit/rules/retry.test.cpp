// SPDX-License-Identifier: BSL-1.0
// What a model should mend and try again, and what it should not.
#include <haft/rules/retry_budget.hpp>
#include <haft/tool.hpp>
#include <haft/tool/retry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace {

struct which {
    int n;
};
haft::result<int> fails(const which& w) {
    if (w.n == 1) return haft::retry_call("give a date");
    if (w.n == 2) return haft::tool_failure("no paper");
    if (w.n == 3) throw haft::retry_call("give a time\x1b[0m");
    if (w.n == 4) throw haft::tool_failure("no ink");
    if (w.n == 5) throw std::runtime_error("broken");
    return w.n;
}
constexpr haft::tool print = haft::make<&fails>("Prints");

haft::error error_of(std::string_view arguments) { return print.call(arguments).error(); }

}  // namespace

TEST_CASE("The budget of a tool is found by either spelling of its name", "[NX-07]") {
    const haft::retry_budget budget({.run = 1, .tools = {{"files_read", 7}}});
    CHECK(budget.left("files.read") == 7);
    CHECK(budget.left("files.write") == 1);
}

TEST_CASE("A tool asks for another try, or says that none would help, by an exception or an error", "[NX-07]") {
    using kind = haft::failure_kind;
    CHECK(haft::kind_of_failure(error_of(R"({"n":1})")) == kind::retry);
    CHECK(haft::kind_of_failure(error_of(R"({"n":2})")) == kind::failure);
    CHECK(haft::kind_of_failure(error_of(R"({"n":3})")) == kind::retry);
    CHECK(haft::kind_of_failure(error_of(R"({"n":4})")) == kind::failure);
    CHECK(haft::kind_of_failure(error_of(R"({"n":5})")) == kind::failure);
    CHECK(error_of(R"({"n":1})").text() == "give a date [haft-E0360]");
    CHECK(error_of(R"({"n":2})").text() == "no paper [haft-E0362]");
}

TEST_CASE("A tool has one retry, and a failure takes none", "[NX-07]") {
    haft::retry_budget budget;
    CHECK(budget.failed("print", "", error_of(R"({"n":2})")).text() == "no paper [haft-E0362]");
    CHECK(budget.failed("print", "", error_of(R"({"n":4})")).text() == "no ink [haft-E0362]");
    CHECK(budget.failed("print", "", error_of(R"({"n":5})")).text() == "broken [haft-E0210]");
    CHECK(budget.left("print") == 1);
    CHECK(budget.failed("print", "", error_of(R"({"n":3})")).text() ==
          "give a time\xEF\xBF\xBD[0m; mend the call and make it again (0 more retries are left) [haft-E0360]");
    CHECK(budget.left("print") == 0);
    const haft::error last = budget.failed("print", "", error_of(R"({"n":1})"));
    CHECK(last.code == haft::errc::retries_spent);
    CHECK(last.message == R"(tool "print" may not be called again, it has failed 2 times in a row; the last time: give a date)");
    CHECK(budget.left("other") == 1);
    budget.succeeded("print");
    CHECK(budget.left("print") == 1);
}

TEST_CASE("Arguments that do not fit are a retry", "[NX-07]") {
    haft::retry_budget budget({.run = 2});
    const haft::error first = budget.failed("print", "", error_of(R"({"n":"x"})"));
    CHECK(first.message.ends_with("; mend the call and make it again (1 more retry is left)"));
    CHECK(first.faults.size() == 1);
    budget.failed("print", "", error_of("{"));
    CHECK(budget.failed("print", "", error_of("{}")).code == haft::errc::retries_spent);
}

TEST_CASE("A tool's own budget goes before its set's, and that before the run's", "[NX-07]") {
    const haft::retry_budget budget({.run = 5, .sets = {{"office", 3}}, .tools = {{"print", 0}}});
    CHECK(budget.left("print", "office") == 0);
    CHECK(budget.left("scan", "office") == 3);
    CHECK(budget.left("scan", "home") == 5);
    haft::retry_budget none({.run = 0});
    CHECK(none.failed("scan", "", error_of(R"({"n":1})")).message == R"(tool "scan" may not be called again: give a date)");
}
