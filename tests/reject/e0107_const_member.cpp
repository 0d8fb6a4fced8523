// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: is const or a const reference
// note: "place_order"
// note: order
#include <haft/tool.hpp>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    const int shelf = 4;
#else
    int shelf = 4;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
