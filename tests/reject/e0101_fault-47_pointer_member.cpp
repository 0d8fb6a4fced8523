// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "place_order"
// note: member_of<order, 
// note: "what"
// note: article
#include <haft/tool.hpp>

#include <string>

struct article;
struct order {
    int count = 1;
#ifdef HAFT_REJECT
    const article* what = nullptr;
#else
    std::string article;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
