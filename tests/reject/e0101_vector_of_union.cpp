// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: of a union nobody knows which member counts
// note: "place_order"
// note: "prices"
// note: element_of
// note: price
#include <haft/tool.hpp>

#include <variant>
#include <vector>

union price {
    double number;
    long cents;
};
struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::vector<price> prices;
#else
    std::vector<std::variant<double, long>> prices;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
