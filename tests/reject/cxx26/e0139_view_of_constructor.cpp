// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0139]
// expect: a configuration outlives the text that it was read from
// note: Files
#include <haft/toolbox.hpp>

struct [[= haft::doc("Files of a folder")]] Files {
#ifdef HAFT_REJECT
    explicit Files(std::string_view path) : where(path) {}
#else
    explicit Files(std::string path) : where(path) {}
#endif
    std::string folder() { return where; }
    std::string where;
};
const haft::toolbox_class& files = haft::toolbox_class_of<Files>();
