// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: "get_weather"
// note: forecast_query
// note: "when"
// note: long
#include <haft/tool.hpp>

#include <array>
#include <string>

struct forecast_query {
    #ifdef HAFT_REJECT
    long when;
#else
    std::string when;
#endif
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"when", "Of which day", haft::format("date")},
#else
        haft::field{"when", "Of which day", haft::format("date")},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
