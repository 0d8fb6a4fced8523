// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since C++26 knows every enumerator
// expect: [haft-E0109]
// expect: the names of this enum are not known
// expect: or make it an enum class
// note: "turn"
// note: "towards"
// note: direction
#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>

enum direction { left, right };
#ifndef HAFT_REJECT
BOOST_DESCRIBE_ENUM(direction, left, right)
#endif
struct turn_args {
    direction towards = direction::left;
};
void turn(const turn_args&);

constexpr haft::tool tool = haft::make<&turn>("Turn");
