// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0113]
// expect: one word for a parameter stands twice
// note: "get_weather"
// note: "days"
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int get_weather(haft::arg<"days", int, haft::minimum(1), haft::exclusive_minimum(3)> days);
#else
int get_weather(haft::arg<"days", int, haft::minimum(1), haft::exclusive_maximum(3)> days);
#endif

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
