// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: "get_weather"
// note: "hourly"
// note: bool
#include <haft/tool.hpp>

#include <array>

int get_weather(int days, bool hourly);
constexpr std::array names{
    haft::field{"days", "Days ahead"},
#ifdef HAFT_REJECT
    haft::field{"hourly", "By the hour", haft::maximum(1)},
#else
    haft::field{"hourly", "By the hour"},
#endif
};

constexpr haft::tool tool = haft::make<&get_weather, names>("Weather forecast");
