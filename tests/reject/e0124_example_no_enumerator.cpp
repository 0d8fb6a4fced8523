// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0124]
// expect: one_of or examples is no value of the parameter's type
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
        haft::field{"in", "Unit", haft::examples("Kelvin")},
#else
        haft::field{"in", "Unit", haft::examples("kelvin")},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
