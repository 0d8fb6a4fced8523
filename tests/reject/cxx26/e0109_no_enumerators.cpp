// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0109]
// expect: the names of this enum are not known
// note: "turn"
// note: "towards"
// note: direction
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
enum class direction : int;  // its enumerators stand somewhere else
#else
enum class direction : int { left, right = 1000 };
#endif
int turn(int degrees, direction towards);

constexpr haft::tool tool = haft::make<^^turn>("Turn");
