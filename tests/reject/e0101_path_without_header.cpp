// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: include <haft/std.hpp>
// note: "place_order"
// note: "file"
// note: path
#include <haft/tool.hpp>

#include <filesystem>
#include <string>

struct order {
    int count = 1;
#ifdef HAFT_REJECT
    std::filesystem::path file;
#else
    std::string file;
#endif
};
int place_order(const order&);

constexpr haft::tool tool = haft::make<&place_order>("Place an order");
