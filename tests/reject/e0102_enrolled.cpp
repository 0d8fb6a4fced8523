// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since C++26 knows the names of a function's parameters
// expect: [haft-E0102]
// expect: C++20 has no names for plain parameters
// note: "add"
// note: int, int
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int add(int a, int b);
#else
int add(haft::arg<"a", int> a, haft::arg<"b", int> b);
#endif

HAFT_TOOL(add, "Add two numbers");
