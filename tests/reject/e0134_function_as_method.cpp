// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0134]
// expect: this is no method
// note: next
#include <haft/toolbox.hpp>

int next();
struct counter {
    int next() { return 1; }
    static consteval auto haft_toolbox() {
#ifdef HAFT_REJECT
        return haft::toolbox_words("Counts", haft::method<&::next>("The next number"));
#else
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next number"));
#endif
    }
};
const haft::result<haft::toolbox> box = haft::make_toolbox<counter>();
