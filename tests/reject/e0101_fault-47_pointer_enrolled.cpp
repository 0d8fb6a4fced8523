// SPDX-License-Identifier: BSL-1.0
// Fault 47, through the macro: the tool and the parameter are named.
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "place_order"
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
namespace shop {
int place_order(const order&);
}

HAFT_TOOL(shop::place_order, {.description = "Place an order", .effect = haft::additive});
