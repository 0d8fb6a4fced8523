// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: this is no tool; write haft::make<&f>
// note: summands
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};
int add(const summands&);

#ifdef HAFT_REJECT
const haft::toolset tools{&add};
#else
const haft::toolset tools{haft::make<&add>("Add two numbers")};
#endif
