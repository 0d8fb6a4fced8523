// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: parameter 2 of forecast has no name
// note: forecast
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast(std::string city, int);
#else
int forecast(std::string city, int days);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
