// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0136]
// expect: no constructor that takes one
// note: counter
#include <haft/toolbox.hpp>

struct counter {
    struct config {
        int from = 0;
    };
#ifdef HAFT_REJECT
    counter() = default;
#else
    explicit counter(config) {}
#endif
    int next() { return 1; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next number"));
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
