// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: added by toolset.add
// note: parameter_of_tool<
// note: "article"
// note: char
#include <haft/tool.hpp>

#include <string>

#ifdef HAFT_REJECT
using text = const char*;
#else
using text = std::string;
#endif

void fill(haft::toolset& tools) {
    static_cast<void>(tools.add("place_order", "Place an order", [](haft::arg<"article", text>) {}));
}
