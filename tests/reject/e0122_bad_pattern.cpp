// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0122]
// expect: this pattern can't be used
// note: "get_weather"
// note: forecast_query
// note: "city"
// note: pattern_is_refused<
// note: without its
#include <haft/tool.hpp>

#include <array>
#include <string>

struct forecast_query {
    std::string city;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"city", "City name", haft::pattern("^([A-Z]+$")},
#else
        haft::field{"city", "City name", haft::pattern("^([A-Z]+)$")},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
