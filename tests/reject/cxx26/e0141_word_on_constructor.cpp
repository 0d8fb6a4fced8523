// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0141]
// expect: nobody reads haft::doc on the constructor of Files
// note: Files
#include <haft/toolbox.hpp>

struct [[= haft::doc("Files of a folder")]] Files {
#ifdef HAFT_REJECT
    [[= haft::doc("Its path")]] explicit Files(std::string path) : where(path) {}
#else
    explicit Files([[= haft::doc("Its path")]] std::string path) : where(path) {}
#endif
    std::string folder() { return where; }
    std::string where;
};
const haft::toolbox_class& files = haft::toolbox_class_of<Files>();
