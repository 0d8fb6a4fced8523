// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: a default in this struct is not known to the compiler
// note: "place_order"
// note: order
#include <haft/tool.hpp>

#include <optional>

int this_year();
struct order {
    int count = 1;
#ifdef HAFT_REJECT
    int year = this_year();
#else
    std::optional<int> year;  // place_order asks for it
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
