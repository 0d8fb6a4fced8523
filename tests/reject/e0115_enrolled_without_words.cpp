// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0115]
// expect: HAFT_TOOL wants the words for the tool
// note: HAFT_TOOL(add
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};
int add(const summands&);

#ifdef HAFT_REJECT
HAFT_TOOL(add);
#else
HAFT_TOOL(add, "Add two numbers");
#endif
