// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: a member is a reference or has no default constructor
// note: "place_order"
// note: member_number<order, 2
#include <haft/tool.hpp>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    const int& shelf;
#else
    int shelf;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
