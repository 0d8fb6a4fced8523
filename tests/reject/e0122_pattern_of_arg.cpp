// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0122]
// expect: this pattern can't be used
// note: "get_weather"
// note: "city"
// note: look-ahead
#include <haft/tool.hpp>

#include <string>

#ifdef HAFT_REJECT
int get_weather(haft::arg<"city", std::string, haft::pattern("^(?=[A-Z])")> city);
#else
int get_weather(haft::arg<"city", std::string, haft::pattern("^[A-Z]")> city);
#endif

constexpr haft::tool tool = haft::make<&get_weather>("Weather forecast");
