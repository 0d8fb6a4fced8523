// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0136]
// expect: nobody knows how to construct the toolbox Files: it has no public constructor
// note: Files
#include <haft/toolbox.hpp>

class [[= haft::doc("Files of a folder")]] Files {
#ifndef HAFT_REJECT
public:
#endif
    explicit Files(std::string path) : where(path) {}

public:
    std::string folder() { return where; }

private:
    std::string where;
};
const haft::toolbox_class& files = haft::toolbox_class_of<Files>();
