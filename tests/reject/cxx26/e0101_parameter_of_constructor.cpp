// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "(constructor)"
// note: "path"
#include <haft/toolbox.hpp>

struct [[= haft::doc("Files of a folder")]] Files {
#ifdef HAFT_REJECT
    explicit Files(const char* path) : where(path) {}
#else
    explicit Files(std::string path) : where(path) {}
#endif
    std::string folder() { return where; }
    std::string where;
};
const haft::toolbox_class& files = haft::toolbox_class_of<Files>();
