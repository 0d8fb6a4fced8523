// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this type has no default constructor
// note: "place_order"
// note: "costs"
// note: element_of
// note: money
#include <haft/tool.hpp>

#include <string>
#include <string_view>
#include <vector>

class money {
public:
#ifndef HAFT_REJECT
    money() = default;
#endif
    explicit money(long cents) : cents_(cents) {}
    long cents() const { return cents_; }

private:
    long cents_ = 0;
};
template <>
struct haft::schema::form<money> : haft::schema::text_form<money> {
    static constexpr std::string_view expected = "amount";
    static bool read(std::string_view, money&, std::string&) { return false; }
    static void write(const money& from, std::string& out) { out += std::to_string(from.cents()); }
};
int place_order(haft::arg<"costs", std::vector<money>> costs);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
