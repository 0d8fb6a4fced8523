// SPDX-License-Identifier: BSL-1.0
// A plugin in Rust, made of abi.h and nothing else.
#include <support/library_driver.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <string>
#include <vector>

TEST_CASE("A plugin in Rust is driven as one in C++") {
    const std::string file = std::string(HAFT_TEST_GLUE) + "/counter.so";
    if (!std::filesystem::exists(file)) SKIP(file + " is not there: it takes rustc");
    haft_test::library_driver l(file);
    CHECK(l.setup(R"({"fails":true})").value == "told to fail");
    REQUIRE(l.setup().code == 0);
    CHECK(l.describe().value.find(R"("name":"count")") != std::string::npos);
    CHECK(l.call("tool", "count").value == "1");
    CHECK(l.call("tool", "count").value == "2");
    CHECK(l.heard == std::vector<std::string>{"progress 1/1 counted", "progress 1/1 counted"});
    const auto echo = l.call("tool", "echo", R"({"é":[1,2]})");
    CHECK(echo.first == "text");
    CHECK(echo.value == R"({"é":[1,2]})");
    l.stops = true;
    CHECK(l.call("tool", "echo").value == "stopped");
    CHECK(l.call("hook", "loud").value == R"({"replace":"LOUD"})");
    const auto panicked = l.call("tool", "panic");
    CHECK(panicked.code == 1);
    CHECK(panicked.first == "fail");
    CHECK(panicked.value == "out of tea");
    CHECK(l.call("tool", "nothing").value == "there is no tool nothing");
}
