// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0118_this_is_not_the_name_of_one_function
// note: add
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};
int add(const summands&);
#ifdef HAFT_REJECT
int add(int, int);
#endif

HAFT_TOOL(add, "Add two numbers");
