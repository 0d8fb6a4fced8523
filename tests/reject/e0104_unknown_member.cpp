// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0104]
// expect: haft_fields has words for a member that does not exist
// note: "get_weather"
// note: forecast_query
// note: "wind_speed"
// note: no_name_is_near
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    int days = 3;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"wind_speed", "In m/s"},
#else
        haft::field{"days", "Days ahead"},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
