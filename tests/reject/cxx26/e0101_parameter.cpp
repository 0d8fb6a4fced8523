// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: "forecast"
// note: "city"
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast(int days, const char* city);
#else
int forecast(int days, std::string_view city);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
