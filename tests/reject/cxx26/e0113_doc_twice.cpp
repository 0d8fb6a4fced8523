// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0113]
// expect: of haft::doc and haft::doc on parameter city of forecast one would be dropped; keep one
// note: forecast
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast([[= haft::doc("City"), = haft::doc("Town")]] std::string city);
#else
int forecast([[= haft::doc("City")]] std::string city);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
