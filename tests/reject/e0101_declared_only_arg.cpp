// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this type is declared, but not defined here
// note: "place_order"
// note: "what"
// note: article
#include <haft/tool.hpp>

struct article;
#ifndef HAFT_REJECT
struct article {
    int number;
};
#endif
int place_order(haft::arg<"what", article> what);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
