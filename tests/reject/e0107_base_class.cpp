// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: may not have a base class
// note: "place_order"
// note: order
#include <haft/tool.hpp>

struct customer {
    int number;
};
#ifdef HAFT_REJECT
struct order : customer {
    int count = 1;
};
#else
struct order {
    customer from;
    int count = 1;
};
#endif
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
