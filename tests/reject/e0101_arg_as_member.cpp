// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a haft::arg is a parameter of a function
// note: "place_order"
// note: "count"
#include <haft/tool.hpp>

struct order {
#ifdef HAFT_REJECT
    haft::arg<"count", int> count;
#else
    int count;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
