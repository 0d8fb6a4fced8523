// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since in C++26 what a constructor takes is the configuration
// expect: [haft-E0136]
// expect: nobody knows how to construct this toolbox
// note: counter
#include <haft/toolbox.hpp>

struct counter {
#ifdef HAFT_REJECT
    explicit counter(int) {}
#endif
    int next() { return 1; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next number"));
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
