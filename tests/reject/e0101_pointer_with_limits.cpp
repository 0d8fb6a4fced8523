// SPDX-License-Identifier: BSL-1.0
// The type is told before what is wrong with its words.
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "place_order"
// note: "article"
// note: char
#include <haft/tool.hpp>

#include <array>
#include <string>

struct order {
#ifdef HAFT_REJECT
    const char* article = nullptr;
#else
    std::string article;
#endif
    static constexpr std::array haft_fields{
        haft::field{"article", "What to order", haft::min_length(1), haft::pattern("^[A-Z]")},
    };
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
