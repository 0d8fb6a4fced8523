// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0116_a_text_of_this_tool_holds_a_character_that_nobody_sees
// note: add
#include <haft/tool.hpp>

struct summands {
    int a;
    int b;
};
int add(const summands&);

#ifdef HAFT_REJECT
HAFT_TOOL(add, {.description = "Add two numbers", .instructions = "Only for numbers\u202E"});
#else
HAFT_TOOL(add, {.description = "Add two numbers", .instructions = "- only for numbers\n"});
#endif
