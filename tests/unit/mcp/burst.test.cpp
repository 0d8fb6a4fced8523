// SPDX-License-Identifier: BSL-1.0
#include <haft/mcp/server/burst.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <thread>

using haft::mcp::burst;

namespace {

// Longer than answers wait, and than a quick call takes; how much longer does not matter.
void let_time_pass() { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }

/// A tool whose calls were quick: the first of many, should the machine have been held up in one.
std::size_t quick_tool(burst& b, std::size_t first = 0) {
    for (std::size_t tool = first;; ++tool) {
        for (int i = 0; i < 16; ++i) b.begins(tool), b.ends(tool);
        if (b.may_wait_for(tool)) return b.sent(), tool;
        b.sent();
        REQUIRE(tool < first + 400);
    }
}

}  // namespace

TEST_CASE("answers wait for the calls of a tool that was quick often enough, and of no other") {
    burst b(1000);
    for (int i = 0; i < 15; ++i) {
        b.begins(0), b.ends(0);
        CHECK_FALSE(b.may_wait_for(0));
    }
    const std::size_t quick = quick_tool(b);
    CHECK(b.may_wait_for(quick));
    CHECK_FALSE(b.may_wait_for(999));
    b.sent();
    for (int i = 0; i < 300; ++i) b.begins(quick), b.ends(quick);  // it stays quick
    CHECK(b.may_wait_for(quick));
}

TEST_CASE("a tool that was slow once is not waited for any more") {
    burst b(1000);
    b.begins(999);
    let_time_pass();
    b.ends(999);
    for (int i = 0; i < 300; ++i) b.begins(999), b.ends(999);
    CHECK_FALSE(b.may_wait_for(999));
    // also if it was quick before, and the answers before it had to wait for it
    const std::size_t quick = quick_tool(b);
    CHECK(b.may_wait_for(quick));
    b.begins(quick);
    let_time_pass();
    b.ends(quick);
    b.sent();
    CHECK_FALSE(b.may_wait_for(quick));
}

TEST_CASE("no answer waits for long, and once they are sent others may") {
    burst b(1000);
    const std::size_t quick = quick_tool(b);
    CHECK(b.may_wait_for(quick));
    let_time_pass();
    CHECK_FALSE(b.may_wait_for(quick));
    b.sent();
    CHECK(b.may_wait_for(quick));
}
