// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
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
        haft::field{"city", "City name", haft::unique_items},
#else
        haft::field{"city", "City name", haft::min_length(1)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
