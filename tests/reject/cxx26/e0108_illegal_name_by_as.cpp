// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0108]
// expect: the name that haft::as gives to forecast can't be a tool's
// note: forecast
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
[[= haft::as("weather forecast")]] int forecast(std::string city);
#else
[[= haft::as("weather_forecast")]] int forecast(std::string city);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
