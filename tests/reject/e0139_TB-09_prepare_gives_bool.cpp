// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0139]
// expect: prepare() gives void, and throws where it fails, or haft::result<void>
// note: counter
#include <haft/toolbox.hpp>

struct counter {
    int next() { return 1; }
#ifdef HAFT_REJECT
    bool prepare() { return false; }
#else
    haft::result<void> prepare() { return {}; }
#endif
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next number"));
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
