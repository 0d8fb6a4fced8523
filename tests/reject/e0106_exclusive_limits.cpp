// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0106]
// expect: no value could be given
// note: "get_weather"
// note: forecast_query
// note: "days"
// note: int
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    int days = 3;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"days", "Days ahead", haft::exclusive_minimum(3), haft::exclusive_maximum(4)},
#else
        haft::field{"days", "Days ahead", haft::exclusive_minimum(2), haft::exclusive_maximum(4)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
