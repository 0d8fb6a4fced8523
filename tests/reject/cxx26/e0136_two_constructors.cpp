// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0136]
// expect: nobody knows how to construct the toolbox Files: several of its constructors take parameters
// note: Files
#include <haft/toolbox.hpp>

class [[= haft::doc("Files of a folder")]] Files {
public:
    explicit Files(std::string path) : where(path) {}
#ifndef HAFT_REJECT
private:
#endif
    Files(std::string path, int depth) : where(path + std::to_string(depth)) {}

public:
    std::string folder() { return where; }

private:
    std::string where;
};
const haft::toolbox_class& files = haft::toolbox_class_of<Files>();
