// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this class has no JSON form
// note: "place_order"
// note: order
#include <haft/tool.hpp>

#include <string>

#ifdef HAFT_REJECT
class order {
public:
    explicit order(const std::string& article) : article_(article) {}

private:
    std::string article_;
};
#else
struct order {
    std::string article;
};
#endif
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
