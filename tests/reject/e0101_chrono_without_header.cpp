// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: include <haft/std.hpp>
// note: "place_order"
// note: "wait"
// note: duration<
#include <haft/tool.hpp>

#include <chrono>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::chrono::seconds wait{};
#else
    int wait_seconds = 0;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
