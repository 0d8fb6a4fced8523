// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: include <haft/std.hpp>
// note: result_of_tool<
// note: "(added by toolset.add)"
#include <haft/written/written_tool.hpp>
#ifndef HAFT_REJECT
#include <haft/schema/std/string.hpp>
#endif

void fill(haft::toolset& tools) {
    tools.add("echo", "Says what it is told", R"({"type":"object"})",
              [](std::string_view arguments) { return std::string(arguments); });
}
