// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0116_a_text_of_this_tool_holds_a_character_that_nobody_sees
// note: forecast
#include <haft/tool.hpp>

int forecast(std::string city);

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^forecast>({.description = "Weather\u200B forecast"});
#else
constexpr haft::tool tool = haft::make<^^forecast>({.description = "Weather forecast"});
#endif
