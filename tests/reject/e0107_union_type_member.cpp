// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: is an array, a union or a reference
// note: "place_order"
// note: member_number<order, 2
#include <haft/tool.hpp>

#include <variant>

union price {
    double number;
    long cents;
};
struct order {
    int count = 1;
#ifdef HAFT_REJECT
    price costs;
#else
    std::variant<double, long> costs;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
