// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0113]
// expect: the member has an initialiser, which is its default
// note: "get_weather"
// note: forecast_query
// note: "days"
#include <haft/tool.hpp>

struct forecast_query {
#ifdef HAFT_REJECT
    [[= haft::default_(3)]] int days = 3;
#else
    [[= haft::default_(3)]] int days;
#endif
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<^^get_weather>("Weather forecast");
