// SPDX-License-Identifier: BSL-1.0
// Sets of very many tools: what one more costs does not grow with how many there are.
#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>

#include <unit/faults/memory.hpp>

TEST_CASE("adding a callable costs the same, however many there are") {
    const auto cost_of = [](int n) {
        return faults_test::all_memory_of([&] {
            haft::toolset tools;
            for (int i = 0; i < n; ++i) tools.add("tool_" + std::to_string(i), "One of many", [] { return 1; });
        });
    };
    const std::size_t few = cost_of(250), many = cost_of(4000);
    CHECK(many < 2 * 16 * few);
}
