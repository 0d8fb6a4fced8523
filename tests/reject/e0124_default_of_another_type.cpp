// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0124]
// expect: the default is no value of the parameter's type
// note: "get_weather"
// note: "days"
// note: int
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int get_weather(haft::arg<"days", int, haft::default_("3")> days);
#else
int get_weather(haft::arg<"days", int, haft::default_(3)> days);
#endif

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
