// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0106]
// expect: the default breaks
// note: "get_weather"
// note: forecast_query
// note: "city"
// note: string
#include <haft/tool.hpp>

#include <array>
#include <string>

struct forecast_query {
    std::string city = "Malmo";
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"city", "City name", haft::one_of("Lund", "Ystad")},
#else
        haft::field{"city", "City name", haft::one_of("Lund", "Malmo")},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
