// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0115]
// expect: HAFT_TOOL wants the words for the tool
// note: words_given
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast(std::string city);
#else
[[= haft::doc("Weather forecast")]] int forecast(std::string city);
#endif
HAFT_TOOL(forecast);
