// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0142]
// expect: the global namespace holds the functions of the C library, too
// note: tools_in
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
[[= haft::doc("Doubles")]] int twice(int n);
const haft::toolset tools = haft::tools_in<^^::>();
#else
namespace kit {
[[= haft::doc("Doubles")]] int twice(int n);
}
const haft::toolset tools = haft::tools_in<^^kit>();
#endif
