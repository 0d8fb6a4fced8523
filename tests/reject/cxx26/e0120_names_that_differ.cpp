// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: parameter 1 of forecast has no name, or another one in another declaration
// note: forecast
#include <haft/tool.hpp>

int forecast(std::string city, int days);
#ifdef HAFT_REJECT
int forecast(std::string town, int days);
#else
int forecast(std::string city, int days);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
