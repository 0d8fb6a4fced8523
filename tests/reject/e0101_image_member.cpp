// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: an image, a sound or a resource is a result by itself
// note: "place_order"
// note: "photos"
// note: element_of
// note: image
#include <haft/tool.hpp>

#include <string>
#include <vector>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::vector<haft::image> photos;
#else
    std::vector<std::string> photos;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
