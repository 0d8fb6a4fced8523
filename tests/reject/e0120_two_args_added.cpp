// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: two parameters have one name in JSON
// note: added by toolset.add
// note: "a"
#include <haft/tool.hpp>

void fill(haft::toolset& tools) {
#ifdef HAFT_REJECT
    static_cast<void>(tools.add("add", "Add two numbers", [](haft::arg<"a", int> a, haft::arg<"b", int, haft::as("a")> b) { return a + b; }));
#else
    static_cast<void>(tools.add("add", "Add two numbers", [](haft::arg<"a", int> a, haft::arg<"b", int> b) { return a + b; }));
#endif
}
