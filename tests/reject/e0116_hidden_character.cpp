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
constexpr haft::tool tool = haft::make<&add>("Add two\u200B numbers");
#else
constexpr haft::tool tool = haft::make<&add>("Add two\nnumbers: größer als 1");
#endif
