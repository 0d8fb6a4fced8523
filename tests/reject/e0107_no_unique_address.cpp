// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: the layout of this struct can't be computed
// note: "place_order"
// note: order
#include <haft/tool.hpp>

struct nothing {};
struct order {
    int count = 1;
#ifdef HAFT_REJECT
    [[no_unique_address]] nothing rest;
#else
    nothing rest;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
