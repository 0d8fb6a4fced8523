// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0114]
// expect: this is no word for a parameter
// note: effect
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    int days = 3;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"days", "Days ahead", haft::read_only},
#else
        haft::field{"days", "Days ahead", haft::maximum(14)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
