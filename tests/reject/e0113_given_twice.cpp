// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0113]
// expect: haft_fields has two entries for one member
// note: "get_weather"
// note: forecast_query
// note: "days"
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    int days = 3;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"days", "Days ahead"}, haft::field{"days", "At most 14"},
#else
        haft::field{"days", "Days ahead, at most 14"},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
