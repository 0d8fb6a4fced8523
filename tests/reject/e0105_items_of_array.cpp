// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: "get_weather"
// note: forecast_query
// note: "place"
// note: array
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    std::array<double, 2> place{};
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"place", "Where", haft::min_items(2)},
#else
        haft::field{"place", "Where"},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
