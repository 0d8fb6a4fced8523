// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a map's key is a string, an enum or an integer
// note: "place_order"
// note: "prices"
// note: map<article
#include <haft/tool.hpp>

#include <map>
#include <string>

struct article {
    int number;
    bool operator<(const article& other) const { return number < other.number; }
};
struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::map<article, double> prices;
#else
    std::map<std::string, double> prices;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
