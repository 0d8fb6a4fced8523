// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0130]
// expect: for hand-written schemas include
// note: string_view
#include <haft/tool.hpp>
#ifndef HAFT_REJECT
#include <haft/written.hpp>
#endif

void fill(haft::toolset& tools) {
    tools.add("ping", "Pings", R"({"type":"object"})", [](std::string_view) { return 1; });
}
