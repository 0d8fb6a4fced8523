// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0106]
// expect: the default breaks the limits of its own parameter
// note: "forecast"
// note: "days"
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast(std::string city, [[= haft::maximum(14), = haft::default_(15)]] int days);
#else
int forecast(std::string city, [[= haft::maximum(14), = haft::default_(3)]] int days);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
