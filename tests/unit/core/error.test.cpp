// SPDX-License-Identifier: BSL-1.0
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <utility>

TEST_CASE("a code's text is its stable number") {
    CHECK(haft::code_text(haft::errc::not_json) == "haft-E0201");
    CHECK(haft::code_text(haft::errc::bad_result) == "haft-E0214");
}

TEST_CASE("a fault's text is its place, its sentence and its code") {
    haft::fault f;
    f.code = haft::errc::out_of_limits;
    f.message = "expected integer from 1 to 14, got number 20";
    CHECK(f.text() == "arguments: expected integer from 1 to 14, got number 20 [haft-E0205]");
    f.pointer = "/days";
    CHECK(f.text() == "/days: expected integer from 1 to 14, got number 20 [haft-E0205]");
}

TEST_CASE("an error's text is its sentence and its code") {
    CHECK(haft::error{haft::errc::unknown_tool, "tool \"x\" does not exist"}.text() ==
          "tool \"x\" does not exist [haft-E0211]");
}

TEST_CASE("an error with faults lists them, and how many more there are") {
    haft::error e{haft::errc::invalid_arguments, "tool \"t\" was not called: 4 faults in its arguments"};
    e.faults.resize(2);
    e.faults[0].pointer = "/a";
    e.faults[0].code = haft::errc::wrong_type;
    e.faults[0].message = "first";
    e.faults[1].pointer = "/b";
    e.faults[1].code = haft::errc::missing_parameter;
    e.faults[1].message = "second";
    CHECK(e.text() ==
          "tool \"t\" was not called: 4 faults in its arguments\n- /a: first [haft-E0202]\n- /b: second [haft-E0204]");
    e.more_faults = 2;
    CHECK(e.text().ends_with("\n- /b: second [haft-E0204]\n- and 2 more"));
}

TEST_CASE("a result is a value or an error") {
    haft::result<std::string> good = std::string("text");
    REQUIRE(good);
    CHECK(good.has_value());
    CHECK(*good == "text");
    CHECK(good->size() == 4);
    *good += "!";
    CHECK(*std::as_const(good) == "text!");
    CHECK(std::as_const(good)->size() == 5);

    haft::result<std::string> bad = haft::error{haft::errc::tool_failed, "why"};
    REQUIRE(!bad);
    CHECK(bad.error().message == "why");
    CHECK(std::as_const(bad).error().code == haft::errc::tool_failed);
}

TEST_CASE("a result's value can be moved out") {
    haft::result<std::unique_ptr<int>> owner = std::make_unique<int>(3);
    const std::unique_ptr<int> taken = *std::move(owner);
    CHECK(*taken == 3);
}

TEST_CASE("a result without a value is success or an error") {
    const haft::result<void> good;
    CHECK(good);
    const haft::result<void> bad = haft::error{haft::errc::duplicate_tool, "why"};
    REQUIRE(!bad.has_value());
    CHECK(bad.error().message == "why");
}
