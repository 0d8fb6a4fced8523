// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is no value of the parameter's type
// note: "get_weather"
// note: forecast_query
// note: "step"
// note: double
#include <haft/tool.hpp>

#include <array>
#include <limits>

struct forecast_query {
    double step = 0.5;
    static constexpr std::array haft_fields{
#ifdef HAFT_REJECT
        haft::field{"step", "In hours", haft::maximum(std::numeric_limits<double>::infinity())},
#else
        haft::field{"step", "In hours", haft::maximum(24)},
#endif
    };
};
int get_weather(const forecast_query&);

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
