// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0137]
// expect: Notes is no toolbox: it has no public method that could be a tool
// note: Notes
#include <haft/toolbox.hpp>

class [[= haft::doc("Notes")]] Notes {
#ifndef HAFT_REJECT
public:
#endif
    int count() { return 0; }

public:
    void prepare() { static_cast<void>(count()); }
    int count_() { return 0; }
    template <class T>
    T any() {
        return {};
    }
};
const haft::toolbox_class& notes = haft::toolbox_class_of<Notes>();
