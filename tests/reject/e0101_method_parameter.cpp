// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// note: "add"
// note: by
#include <haft/toolbox.hpp>

struct counter {
    struct by_args {
#ifdef HAFT_REJECT
        int* by;
#else
        int by;
#endif
    };
    int add(const by_args&) { return 1; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&counter::add>("Adds"));
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
