// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0116]
// expect: a text of this toolbox or of one of its methods holds a character that nobody sees
// note: class_of<counter>
#include <haft/toolbox.hpp>

struct counter {
    int next() { return 1; }
    static consteval auto haft_toolbox() {
#ifdef HAFT_REJECT
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next\u200bnumber"));
#else
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next number"));
#endif
    }
};
const haft::toolbox_class& counters = haft::toolbox_class_of<counter>();
