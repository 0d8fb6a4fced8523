// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: std::vector<bool> has no elements to point at
// note: "place_order"
// note: "wrapped"
// note: vector<bool
#include <haft/tool.hpp>

#include <vector>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::vector<bool> wrapped;
#else
    std::vector<int> wrapped;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
