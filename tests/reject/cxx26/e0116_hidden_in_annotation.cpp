// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0116]
// expect: the text of haft::doc on parameter city of forecast holds a character that nobody sees
// note: forecast
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int forecast([[= haft::doc("City\u200B name")]] std::string city);
#else
int forecast([[= haft::doc("City\nname")]] std::string city);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
