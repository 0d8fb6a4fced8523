// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: toolset.add(name, about, callable)
// note: summands
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};
int add(const summands&);

void fill(haft::toolset& tools) {
#ifdef HAFT_REJECT
    static_cast<void>(tools.add(&add));
#else
    static_cast<void>(tools.add("add", "Add two numbers", &add));
#endif
}
