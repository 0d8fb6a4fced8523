// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this class has no JSON form
// note: "place_order"
// note: "price"
// note: money
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
class money {
public:
    money() = default;
    explicit money(long cents) : cents_(cents) {}
    long cents() const { return cents_; }

private:
    long cents_ = 0;
};
#else
struct money {
    long cents = 0;
};
#endif
struct order {
    money price;
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
