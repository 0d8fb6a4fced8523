// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: a member function needs its object
// note: calculator
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};
struct calculator {
    int add(const summands&);
};

void fill(haft::toolset& tools, calculator& one) {
#ifdef HAFT_REJECT
    static_cast<void>(one);
    static_cast<void>(tools.add("add", "Add two numbers", &calculator::add));
#else
    static_cast<void>(tools.add("add", "Add two numbers", [&](const summands& s) { return one.add(s); }));
#endif
}
