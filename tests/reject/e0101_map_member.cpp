// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this container has no JSON form
// note: "place_order"
// note: "prices"
// note: map<int, double
#include <haft/tool.hpp>

#include <map>
#include <vector>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::map<int, double> prices;
#else
    std::vector<int> prices;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
