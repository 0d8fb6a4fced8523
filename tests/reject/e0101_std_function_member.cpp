// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this type of the standard library has no JSON form
// note: "place_order"
// note: "done"
// note: function<
#include <haft/tool.hpp>

#include <functional>
#include <string>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::function<void(int)> done;
#else
    std::string done;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
