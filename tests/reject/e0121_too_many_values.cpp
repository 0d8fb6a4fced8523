// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0121]
// expect: one_of takes 32 values
// note: "get_weather"
// note: forecast_query
// note: "days"
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    int days = 3;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"days", "Days ahead", haft::one_of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33)},
#else
        haft::field{"days", "Days ahead", haft::one_of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
