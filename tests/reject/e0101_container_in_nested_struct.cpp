// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this container has no JSON form
// note: "place_order"
// note: member_of<line, 
// note: "tags"
// note: set<int
#include <haft/tool.hpp>

#include <optional>
#include <set>
#include <vector>

struct line {
    int article;
#ifdef HAFT_REJECT
    std::vector<std::set<int>> tags;
#else
    std::vector<std::vector<int>> tags;
#endif
};
struct order {
    std::optional<std::vector<line>> lines;
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
