// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0142]
// expect: haft::tools_in takes the reflection of a namespace, and twice is none; a function becomes a tool by haft::make<^^f>()
// note: twice
#include <haft/tool.hpp>

int twice(int n);

#ifdef HAFT_REJECT
const haft::toolset tools = haft::tools_in<^^twice>();
#else
const haft::toolset tools{haft::make<^^twice>()};
#endif
