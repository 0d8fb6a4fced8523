// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this container has no JSON form
// note: "place_order"
// note: "sizes"
// note: ring<int
#include <haft/tool.hpp>

#include <vector>

template <class T>
class ring {
public:
    using value_type = T;

private:
    T items_[8]{};
};
struct order {
    int count = 1;
#ifdef HAFT_REJECT
    ring<int> sizes;
#else
    std::vector<int> sizes;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
