// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0113]
// expect: of haft::doc and haft::doc on forecast one would be dropped; keep one
// note: forecast
#include <haft/tool.hpp>

[[= haft::doc("Weather forecast")]] int forecast(std::string city);
#ifdef HAFT_REJECT
[[= haft::doc("The weather")]] int forecast(std::string city);
#else
int forecast(std::string city);
#endif

constexpr haft::tool tool = haft::make<^^forecast>();
