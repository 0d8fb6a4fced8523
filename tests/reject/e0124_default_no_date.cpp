// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0124]
// expect: the default is no value of the parameter's type
// note: "get_weather"
// note: "day"
// note: year_month_day
#include <haft/std.hpp>
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int get_weather(haft::arg<"day", std::chrono::year_month_day, haft::default_("2026-02-30")> day);
#else
int get_weather(haft::arg<"day", std::chrono::year_month_day, haft::default_("2026-02-28")> day);
#endif

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
