// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0113]
// expect: of haft::minimum and haft::minimum on parameter days of forecast one would be dropped
// note: forecast
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast(std::string city, [[= haft::minimum(1), = haft::minimum(2)]] int days);
#else
int forecast(std::string city, [[= haft::minimum(1), = haft::maximum(2)]] int days);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
