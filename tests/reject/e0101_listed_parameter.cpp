// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "place_order"
// note: parameter_of_tool<
// note: "article"
// note: char
#include <haft/tool.hpp>

#include <array>
#include <string>

#ifdef HAFT_REJECT
int place_order(int count, const char* article);
#else
int place_order(int count, const std::string& article);
#endif
constexpr std::array names{haft::field{"count", "How many"}, haft::field{"article", "What to order"}};

constexpr haft::tool tool = haft::make<&place_order, names>("Place an order");
