// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "length"
// note: "text"
#include <haft/tool.hpp>

namespace kit {
[[= haft::doc("Doubles")]] int twice(int n);
#ifdef HAFT_REJECT
[[= haft::doc("How long it is")]] int length(const char* text);
#else
[[= haft::doc("How long it is")]] int length(std::string text);
#endif
}  // namespace kit

const haft::toolset tools = haft::tools_in<^^kit>();
