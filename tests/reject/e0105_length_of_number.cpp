// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
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
        haft::field{"days", "Days ahead", haft::max_length(14)},
#else
        haft::field{"days", "Days ahead", haft::maximum(14)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
