// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: "get_weather"
// note: "hourly"
// note: bool
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int get_weather(haft::arg<"days", int> days, haft::arg<"hourly", bool, haft::maximum(1)> hourly);
#else
int get_weather(haft::arg<"days", int> days, haft::arg<"hourly", bool> hourly);
#endif

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
