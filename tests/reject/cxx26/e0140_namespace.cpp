// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of kit, which is a namespace; its functions become tools by haft::tools_in<^^kit>()
// note: kit
#include <haft/tool.hpp>

namespace kit {
[[= haft::doc("Doubles")]] int twice(int n);
}

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^kit>();
#else
const haft::toolset tools = haft::tools_in<^^kit>();
#endif
