// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0141]
// expect: haft::read_only says nothing on parameter days of forecast; it is a word for a function, a method or a class
// note: forecast
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
[[= haft::doc("Weather forecast")]] int forecast([[= haft::read_only]] int days);
#else
struct tracing {};  // somebody else's
[[= haft::doc("Weather forecast"), = haft::read_only, = tracing{}]] int forecast([[= tracing{}]] int days);
#endif

constexpr haft::tool tool = haft::make<^^forecast>();
