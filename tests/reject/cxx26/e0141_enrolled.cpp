// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0141]
// expect: haft::web says nothing on parameter city of forecast
// note: forecast
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
[[= haft::doc("Weather forecast")]] int forecast([[= haft::web]] std::string city);
#else
[[= haft::doc("Weather forecast"), = haft::web]] int forecast(std::string city);
#endif
HAFT_TOOL(forecast);
