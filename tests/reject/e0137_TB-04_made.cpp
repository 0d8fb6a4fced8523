// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since in C++26 any class may be a toolbox
// expect: [haft-E0137]
// expect: this is no toolbox class
// note: counter
#include <haft/toolbox.hpp>

struct counter {
    int next() { return 1; }
#ifndef HAFT_REJECT
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&counter::next>("The next number"));
    }
#endif
};
const haft::result<haft::toolbox> box = haft::make_toolbox<counter>();
