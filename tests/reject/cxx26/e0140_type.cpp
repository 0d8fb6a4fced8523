// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of weekday, which is a type
// note: weekday
#include <haft/tool.hpp>

enum class weekday { monday, tuesday };
[[= haft::doc("What is planned on a day")]] int planned(weekday day);

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^weekday>();
#else
constexpr haft::tool tool = haft::make<^^planned>();
#endif
