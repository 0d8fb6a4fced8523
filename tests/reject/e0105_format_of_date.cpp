// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this parameter's type brings a limit of that kind of its own
// note: "get_weather"
// note: "day"
// note: year_month_day
#include <haft/std.hpp>
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int get_weather(haft::arg<"day", std::chrono::year_month_day, haft::format("date")> day);
#else
int get_weather(haft::arg<"day", std::chrono::year_month_day, haft::pattern("^202")> day);
#endif

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
