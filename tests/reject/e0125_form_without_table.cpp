// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0125]
// expect: this type's form gives no table of its own kind
// note: "place_order"
// note: "costs"
// note: money
#include <haft/tool.hpp>

#include <string>
#include <string_view>

class money {
public:
    long cents = 0;

private:
    std::string currency_;
};
template <>
#ifdef HAFT_REJECT
struct haft::schema::form<money> {
    static constexpr haft::json::kind kind = haft::json::kind::text;
    static constexpr haft::json::type table() { return {}; }
};
#else
struct haft::schema::form<money> : haft::schema::text_form<money> {
    static constexpr std::string_view expected = "amount in cents";
    static bool read(std::string_view text, money& to, std::string&) { return to.cents = static_cast<long>(text.size()), true; }
    static void write(const money& from, std::string& out) { out += std::to_string(from.cents); }
};
#endif
struct order {
    money costs;
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
