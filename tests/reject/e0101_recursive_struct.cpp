// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "show_menu"
// note: member_of<menu,
// note: "parent"
#include <haft/tool.hpp>

#include <string>
#include <vector>

struct menu {
    std::string title;
    std::vector<menu> entries;
#ifdef HAFT_REJECT
    const menu* parent = nullptr;
#endif
};
void show_menu(const menu&);

constexpr haft::tool tool = haft::make<&show_menu>("Show a menu");
