// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: include <haft/std.hpp>
// note: "place_order"
// note: "next"
// note: unique_ptr<int
#include <haft/tool.hpp>

#include <memory>
#include <optional>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::unique_ptr<int> next;
#else
    std::optional<int> next;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
