// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0141]
// expect: nobody reads haft::doc on parameter query of forecast
// note: forecast
#include <haft/tool.hpp>

struct forecast_query {
    std::string city;
    static constexpr std::array haft_fields{haft::field{"city", "City name"}};
};
#ifdef HAFT_REJECT
int forecast([[= haft::doc("City name")]] const forecast_query& query);
#else
int forecast(const forecast_query& query);
#endif

constexpr haft::tool tool = haft::make<&forecast>("Weather forecast");
