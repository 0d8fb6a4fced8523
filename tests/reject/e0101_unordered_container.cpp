// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: include <haft/std.hpp>
// note: "place_order"
// note: member_of<line,
// note: "tags"
// note: unordered_set<int
#include <haft/tool.hpp>

#include <optional>
#include <set>
#include <unordered_set>
#include <vector>

struct line {
    int article;
#ifdef HAFT_REJECT
    std::vector<std::unordered_set<int>> tags;
#else
    std::vector<std::set<int>> tags;
#endif
};
struct order {
    std::optional<std::vector<line>> lines;
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
