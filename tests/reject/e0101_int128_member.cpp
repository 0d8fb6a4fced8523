// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this type has no JSON form
// note: "place_order"
// note: "price"
// note: __int128
#include <haft/tool.hpp>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    __int128 price;
#else
    long long price;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
