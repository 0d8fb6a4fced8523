// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0111]
// expect: a tool can't write to its caller's variable
// note: "forecast"
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
void forecast(int days, std::string& text);
#else
void forecast(int days, const std::string& text);
#endif

constexpr haft::tool tool = haft::make<^^forecast>("Weather forecast");
