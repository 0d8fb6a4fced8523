// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: two parameters have one name in JSON
// note: "add"
// note: "a"
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int add(haft::arg<"a", int> a, haft::arg<"a", int> b);
#else
int add(haft::arg<"a", int> a, haft::arg<"b", int> b);
#endif

HAFT_TOOL(add, "Add two numbers");
