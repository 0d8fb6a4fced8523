// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: two parameters have one name in JSON
// note: "forecast"
// note: "town"
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast(std::string city, [[= haft::as("city")]] std::string town);
#else
int forecast(std::string city, [[= haft::as("nearby")]] std::string town);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
