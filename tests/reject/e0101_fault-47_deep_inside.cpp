// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "show_shelves"
// note: member_of<shelf,
// note: "places"
// note: element_of<
// note: article
#include <haft/tool.hpp>

#include <map>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

struct article;
struct shelf {
    int number;
#ifdef HAFT_REJECT
    std::vector<std::map<std::string, std::tuple<int, article*>>> places;
#else
    std::vector<std::map<std::string, std::tuple<int, std::string>>> places;
#endif
};
struct query {
    std::variant<int, std::vector<shelf>> from;
};
int show_shelves(const query&);

constexpr haft::tool tool = haft::make<&show_shelves>("Show shelves");
