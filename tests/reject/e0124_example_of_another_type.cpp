// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0124]
// expect: one_of or examples is no value of the parameter's type
// note: "get_weather"
// note: forecast_query
// note: "city"
// note: string
#include <haft/tool.hpp>

#include <array>
#include <string>

struct forecast_query {
    std::string city;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"city", "City name", haft::examples(7)},
#else
        haft::field{"city", "City name", haft::examples("Lund")},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
