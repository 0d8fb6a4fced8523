// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0118_this_is_not_the_name_of_one_function
// note: info
#include <haft/tool.hpp>

[[= haft::doc("Weather forecast")]] int forecast(std::string city);

#ifdef HAFT_REJECT
HAFT_TOOL(^^forecast);
#else
HAFT_TOOL(forecast);
#endif
