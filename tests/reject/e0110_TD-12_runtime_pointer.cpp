// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: write haft::make<&f>
// note: toolset
#include <haft/toolbox.hpp>

int add() { return 1; }
int (*const pointer)() = &add;
haft::toolset tools() {
    haft::toolset out;
#ifdef HAFT_REJECT
    out.add(pointer);
#else
    out.add(haft::make<&add>("Adds"));
#endif
    return out;
}
