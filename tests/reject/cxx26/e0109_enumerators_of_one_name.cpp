// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0109]
// expect: gives two enumerators of this enum one name
// note: "turn"
// note: "towards"
// note: direction
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
enum class direction { left [[= haft::as("right")]], right };
#else
enum class direction { left [[= haft::as("left-hand")]], right };
#endif
struct turn_args {
    direction towards = direction::left;
};
void turn(const turn_args&);

constexpr haft::tool tool = haft::make<^^turn>("Turn");
