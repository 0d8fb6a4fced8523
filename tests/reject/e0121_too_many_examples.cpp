// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0121]
// expect: examples 8
// note: "get_weather"
// note: forecast_query
// note: "days"
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    int days = 3;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"days", "Days ahead", haft::examples(1, 2, 3, 4, 5, 6, 7, 8, 9)},
#else
        haft::field{"days", "Days ahead", haft::examples(1, 2, 3, 4, 5, 6, 7, 8)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
