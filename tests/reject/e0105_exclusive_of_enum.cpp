// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: "get_weather"
// note: forecast_query
// note: "in"
// note: scale
#include <haft/tool.hpp>

#include <array>

enum class scale { celsius, kelvin };
struct forecast_query {
    scale in = scale::celsius;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"in", "Unit", haft::exclusive_minimum(0)},
#else
        haft::field{"in", "Unit"},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
