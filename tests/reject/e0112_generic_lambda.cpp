// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0112]
// expect: exactly one signature
// note: added by toolset.add
// note: lambda
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};

void fill(haft::toolset& tools) {
#ifdef HAFT_REJECT
    static_cast<void>(tools.add("add", "Add two numbers", [](const auto& s) { return s.a + s.b; }));
#else
    static_cast<void>(tools.add("add", "Add two numbers", [](const summands& s) { return s.a + s.b; }));
#endif
}
