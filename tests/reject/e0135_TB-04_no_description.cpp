// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0135]
// expect: a toolbox needs a description
// note: counter
#include <haft/toolbox.hpp>

struct counter {
    int next() { return 1; }
    static consteval auto haft_toolbox() {
#ifdef HAFT_REJECT
        return haft::toolbox_words("", haft::method<&counter::next>("The next number"));
#else
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next number"));
#endif
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
