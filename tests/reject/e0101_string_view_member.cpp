// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: text is a std::string
// note: "place_order"
// note: "article"
// note: string_view
#include <haft/tool.hpp>

#include <string>
#include <string_view>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::string_view article;
#else
    std::string article;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
