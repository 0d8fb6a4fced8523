// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "place_order"
// note: member_of<line,
// note: "article"
#include <haft/tool.hpp>

#include <string>
#include <vector>

struct line {
    int count = 1;
#ifdef HAFT_REJECT
    const char* article = nullptr;
#else
    std::string article;
#endif
};
int place_order(haft::arg<"lines", std::vector<line>> lines);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
