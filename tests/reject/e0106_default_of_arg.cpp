// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0106]
// expect: the default breaks
// note: "get_weather"
// note: "days"
// note: int
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int get_weather(haft::arg<"days", int, haft::maximum(14), haft::default_(15)> days);
#else
int get_weather(haft::arg<"days", int, haft::maximum(14), haft::default_(3)> days);
#endif

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
