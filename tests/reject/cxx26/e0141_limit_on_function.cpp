// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0141]
// expect: haft::minimum says nothing on forecast; it is a word for a parameter
// note: forecast
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
[[= haft::doc("Weather forecast"), = haft::minimum(1)]] int forecast(int days);
#else
[[= haft::doc("Weather forecast")]] int forecast([[= haft::minimum(1)]] int days);
#endif

constexpr haft::tool tool = haft::make<^^forecast>();
