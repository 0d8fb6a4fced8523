// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: "forecast"
// note: "city"
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast([[= haft::minimum(1)]] std::string city, int days);
#else
int forecast([[= haft::min_length(1)]] std::string city, int days);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
