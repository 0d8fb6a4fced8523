// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of twice, which is consteval, and a tool is called at run time
// note: twice
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
consteval int twice(int n) { return 2 * n; }
#else
constexpr int twice(int n) { return 2 * n; }
#endif

constexpr haft::tool tool = haft::make<^^twice>("Doubles");
