// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "place_order"
// note: element_of
// note: "articles"
// note: article
#include <haft/tool.hpp>

#include <vector>

struct article;
struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::vector<article*> articles;
#else
    std::vector<int> articles;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
