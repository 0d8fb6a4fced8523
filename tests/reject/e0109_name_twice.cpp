// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0109]
// expect: gives two enumerators of this enum one name
// note: "turn"
// note: "towards"
// note: direction
#include <haft/tool.hpp>

#include <array>

enum class direction { left, right };
template <>
inline constexpr std::array haft::enum_names<direction>{
#ifdef HAFT_REJECT
    haft::named{direction::left, "right"}};
#else
    haft::named{direction::left, "left-hand"}};
#endif
struct turn_args {
    direction towards = direction::left;
};
void turn(const turn_args&);

constexpr haft::tool tool = haft::make<&turn>("Turn");
