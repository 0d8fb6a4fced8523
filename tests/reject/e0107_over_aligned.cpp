// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: aligned more strictly than std::max_align_t
// note: "place_order"
// note: order
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
struct alignas(64) order {
#else
struct order {
#endif
    int count = 1;
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
