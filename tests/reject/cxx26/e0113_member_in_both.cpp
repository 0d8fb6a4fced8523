// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0113]
// expect: or one for a member that has annotations
// note: "get_weather"
// note: forecast_query
// note: "days"
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    [[= haft::doc("Days ahead")]] int days = 3;
    int hours = 0;
#ifdef HAFT_REJECT
    static constexpr std::array haft_fields{haft::field{"days", "At most 14"}};
#else
    static constexpr std::array haft_fields{haft::field{"hours", "At most 23"}};
#endif
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<^^get_weather>("Weather forecast");
