// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this type is declared, but not defined here
// note: "place_order"
// note: order
#include <haft/tool.hpp>

struct order;
#ifndef HAFT_REJECT
struct order {
    int article;
};
#endif
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
