// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0124]
// expect: the default is no value of the parameter's type
// note: "forecast"
// note: "days"
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast(std::string city, [[= haft::default_("three")]] int days = 3);
#else
int forecast(std::string city, [[= haft::default_(3)]] int days = 3);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
