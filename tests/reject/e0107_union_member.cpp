// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: a member of this struct is an array, a union or a reference
// note: "place_order"
// note: member_number<order, 2
#include <haft/tool.hpp>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    union {
        double price;
        long cents;
    };
#else
    double price;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
