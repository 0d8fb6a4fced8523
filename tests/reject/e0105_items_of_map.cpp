// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: "get_weather"
// note: forecast_query
// note: "weights"
// note: map
#include <haft/tool.hpp>

#include <array>
#include <map>
#include <string>

struct forecast_query {
    std::map<std::string, double> weights;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"weights", "By city", haft::max_items(9)},
#else
        haft::field{"weights", "By city", haft::max_properties(9)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
