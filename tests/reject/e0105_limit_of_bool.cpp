// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: "get_weather"
// note: forecast_query
// note: "hourly"
// note: bool
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    bool hourly = false;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"hourly", "By the hour", haft::maximum(1)},
#else
        haft::field{"hourly", "By the hour"},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
