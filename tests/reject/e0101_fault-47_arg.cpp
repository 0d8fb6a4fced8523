// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "place_order"
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
int place_order(haft::arg<"count", int> count, haft::arg<"article", text, haft::doc("What to order")> article);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
