// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is no value of the parameter's type
// note: "get_weather"
// note: forecast_query
// note: "days"
// note: unsigned char
#include <haft/tool.hpp>

#include <array>
#include <cstdint>

struct forecast_query {
    std::uint8_t days = 3;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"days", "Days ahead", haft::maximum(300)},
#else
        haft::field{"days", "Days ahead", haft::maximum(200)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
