// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0116_a_text_of_this_tool_holds_a_character_that_nobody_sees
// note: add
#include <haft/tool.hpp>

int add();

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<&add>({.description = "Add", .title = "Add\ntwo"});
#else
constexpr haft::tool tool = haft::make<&add>({.description = "Add\ntwo", .title = "Add two"});
#endif
