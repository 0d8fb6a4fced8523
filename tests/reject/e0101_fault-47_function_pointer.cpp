// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "place_order"
// note: "done"
#include <haft/tool.hpp>

#include <string>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    void (*done)(int) = nullptr;
#else
    std::string done;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
