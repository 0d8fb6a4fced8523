// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: a struct that holds others of its own type has no form
// note: "show_menu"
// note: menu
#include <haft/tool.hpp>

#include <string>
#include <vector>

#ifdef HAFT_REJECT
struct menu {
    std::string title;
    std::vector<menu> entries;
};
#else
struct entry {
    std::string title;
    int within = 0;  // which entry it belongs to
};
struct menu {
    std::vector<entry> entries;
};
#endif
void show_menu(const menu&);

constexpr haft::tool tool = haft::make<&show_menu>("Show a menu");
