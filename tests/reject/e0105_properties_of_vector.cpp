// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: "get_weather"
// note: forecast_query
// note: "cities"
// note: vector
#include <haft/tool.hpp>

#include <array>
#include <string>
#include <vector>

struct forecast_query {
    std::vector<std::string> cities;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"cities", "City names", haft::min_properties(1)},
#else
        haft::field{"cities", "City names", haft::min_items(1)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
