// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0142]
// expect: namespace kit has no function here that could be a tool
// note: kit
#include <haft/tool.hpp>

namespace kit {
namespace numbers {
int twice(int n);
}
[[= haft::no_tool]] int helper();
}  // namespace kit

#ifdef HAFT_REJECT
const haft::toolset tools = haft::tools_in<^^kit>();
#else
const haft::toolset tools = haft::tools_in<^^kit::numbers>();
#endif
