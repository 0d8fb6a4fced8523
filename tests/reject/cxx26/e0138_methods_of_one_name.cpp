// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0138]
// expect: two methods of the toolbox Notes are called find, overloads perhaps
// note: Notes
#include <haft/toolbox.hpp>

struct [[= haft::doc("Notes")]] Notes {
    int find(int id) { return id; }
#ifdef HAFT_REJECT
    int find(std::string title) { return static_cast<int>(title.size()); }
#else
    [[= haft::as("find_by_title")]] int find(std::string title) { return static_cast<int>(title.size()); }
#endif
};
const haft::toolbox_class& notes = haft::toolbox_class_of<Notes>();
