// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0108]
// expect: two functions of this namespace have one name, overloads perhaps
// note: "twice"
#include <haft/tool.hpp>

namespace kit {
[[= haft::doc("Doubles a number")]] int twice(int n);
#ifdef HAFT_REJECT
[[= haft::doc("Doubles a text")]] std::string twice(std::string text);
#else
[[= haft::doc("Doubles a text"), = haft::as("twice_text")]] std::string twice(std::string text);
#endif
}  // namespace kit

const haft::toolset tools = haft::tools_in<^^kit>();
