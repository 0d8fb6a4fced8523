// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since C++26 knows every enumerator
// expect: [haft-E0109]
// expect: the names of this enum are not known
// note: "turn"
// note: "towards"
// note: direction
#include <haft/tool.hpp>

#include <array>

enum class direction { left = 1000, right = 2000 };
#ifndef HAFT_REJECT
template <>
inline constexpr std::array haft::enum_names<direction>{haft::named{direction::left, "to the left"}, haft::named{direction::right, "to the right"}};
#endif
struct turn_args {
    direction towards = direction::left;
};
void turn(const turn_args&);

constexpr haft::tool tool = haft::make<&turn>("Turn");
