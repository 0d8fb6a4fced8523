// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0102]
// expect: takes its parameters as the members of one struct
// note: "add"
// note: int, int
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int add(int a, int b);
#else
struct summands {
    int a;
    int b;
};
int add(const summands&);
#endif

constexpr haft::tool tool = haft::make<&add>("Add two numbers");
