// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0117_a_text_of_this_tool_is_too_long
// note: add
#include <haft/tool.hpp>

#define FOUR(text) text text text text
#define LINE "sixteen letters." // 256 of these letters are allowed

int add();

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<&add>({.description = "Add", .group = FOUR(FOUR(LINE)) "."});
#else
constexpr haft::tool tool = haft::make<&add>({.description = "Add", .group = FOUR(FOUR(LINE))});
#endif
