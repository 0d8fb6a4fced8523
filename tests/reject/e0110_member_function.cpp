// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: a member function needs its object
// note: "add"
// note: calculator
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};
struct calculator {
    int add(const summands&);
};

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<&calculator::add>("Add two numbers");
#else
const haft::toolset tools = [] {
    haft::toolset out;
    static calculator one;
    static_cast<void>(out.add("add", "Add two numbers", [](const summands& s) { return one.add(s); }));
    return out;
}();
#endif
