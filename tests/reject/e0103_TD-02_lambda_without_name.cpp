// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0103]
// expect: a lambda or an operator has no name to take
// note: lambda
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<[](const summands& s) { return s.a + s.b; }>("Add two numbers");
#else
constexpr haft::tool tool = haft::make<[](const summands& s) { return s.a + s.b; }>({.description = "Add two numbers", .name = "add"});
#endif
