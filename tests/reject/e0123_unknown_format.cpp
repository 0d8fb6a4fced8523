// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0123]
// expect: this format is not one that haft checks
// note: "get_weather"
// note: forecast_query
// note: "day"
#include <haft/tool.hpp>

#include <array>
#include <string>

struct forecast_query {
    std::string day;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"day", "Which day", haft::format("datetime")},
#else
        haft::field{"day", "Which day", haft::format("date-time")},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
