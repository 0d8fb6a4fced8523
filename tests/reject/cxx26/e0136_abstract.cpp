// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0136]
// expect: nobody knows how to construct the toolbox Files: it is abstract
// note: Files
#include <haft/toolbox.hpp>

struct [[= haft::doc("Files of a folder")]] Files {
    explicit Files(std::string path) : where(path) {}
#ifdef HAFT_REJECT
    virtual std::string folder() = 0;
#else
    virtual std::string folder() { return where; }
#endif
    virtual ~Files() = default;
    std::string where;
};
const haft::toolbox_class& files = haft::toolbox_class_of<Files>();
