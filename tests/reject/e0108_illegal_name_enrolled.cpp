// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0108_a_tool_name_has_1_to_128_letters_digits_underscores_hyphens_and_dots
// note: add
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};
int add(const summands&);

#ifdef HAFT_REJECT
HAFT_TOOL(add, {.description = "Add two numbers", .name = "add/numbers"});
#else
HAFT_TOOL(add, {.description = "Add two numbers", .name = "add_numbers"});
#endif
