// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0114]
// expect: write static constexpr std::array haft_fields
// note: "get_weather"
// note: forecast_query
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    int days = 3;
#ifdef HAFT_REJECT
    static inline const std::array haft_fields{haft::field{"days", "Days ahead"}};
#else
    static constexpr haft::field haft_fields[] = {haft::field{"days", "Days ahead"}};
#endif
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
