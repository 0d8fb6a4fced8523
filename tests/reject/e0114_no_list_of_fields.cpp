// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0114]
// expect: the words of a struct are a std::array of haft::field
// note: "get_weather"
// note: forecast_query
#include <haft/tool.hpp>

#include <array>

struct forecast_query {
    int days = 3;
#ifdef HAFT_REJECT
    static constexpr const char* haft_fields = "Days ahead";
#else
    static constexpr std::array haft_fields{haft::field{"days", "Days ahead"}};
#endif
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
