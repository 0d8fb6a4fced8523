// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0113]
// expect: one word for a parameter stands twice
// note: "get_weather"
// note: forecast_query
// note: "days"
#include <haft/tool.hpp>

struct forecast_query {
#ifdef HAFT_REJECT
    [[= haft::doc("Days ahead"), = haft::doc("At most 14")]] int days = 3;
#else
    [[= haft::doc("Days ahead, at most 14")]] int days = 3;
#endif
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<^^get_weather>("Weather forecast");
