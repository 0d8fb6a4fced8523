// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a character type is neither text nor a number
// note: "place_order"
// note: "shelf"
// note: char
#include <haft/tool.hpp>

#include <string>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    char shelf;
#else
    std::string shelf;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
