// SPDX-License-Identifier: BSL-1.0
// Fault 47, through the macro.
// expect: [haft-E0111]
// note: "count_up"
#include <haft/tool.hpp>

struct counter {
    int value;
};
#ifdef HAFT_REJECT
void count_up(counter&);
#else
int count_up(const counter&);
#endif

HAFT_TOOL(count_up, "Count up");
