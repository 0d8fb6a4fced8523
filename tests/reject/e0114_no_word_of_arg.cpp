// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0114]
// expect: this is no word for a parameter
// note: effect
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int get_weather(haft::arg<"days", int, haft::read_only> days);
#else
int get_weather(haft::arg<"days", int, haft::maximum(14)> days);
#endif

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
