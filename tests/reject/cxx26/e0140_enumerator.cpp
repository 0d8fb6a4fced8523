// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of monday, which is no function
// note: monday
#include <haft/tool.hpp>

enum weekday : int { monday, tuesday };
int day();

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^monday>();
#else
constexpr haft::tool tool = haft::make<^^day>();
#endif
