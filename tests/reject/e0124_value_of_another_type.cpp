// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0124]
// expect: one_of or examples is no value of the parameter's type
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
        haft::field{"days", "Days ahead", haft::one_of("1", "3", "7")},
#else
        haft::field{"days", "Days ahead", haft::one_of(1, 3, 7)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
