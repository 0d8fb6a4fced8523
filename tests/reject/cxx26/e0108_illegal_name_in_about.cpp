// SPDX-License-Identifier: BSL-1.0
// expect: haft_E0108_a_tool_name_has_1_to_128_letters_digits_underscores_hyphens_and_dots
// note: forecast
#include <haft/tool.hpp>

int forecast(std::string city);

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^forecast>({.description = "Weather forecast", .name = "weather forecast"});
#else
constexpr haft::tool tool = haft::make<^^forecast>({.description = "Weather forecast", .name = "weather_forecast"});
#endif
