// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since C++26 knows every enumerator
// expect: [haft-E0109]
// expect: this enum may have values outside of -1 to 127
// note: "turn"
// note: "towards"
// note: direction
#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>

enum class direction { left = 127, right = 128 };
#ifndef HAFT_REJECT
BOOST_DESCRIBE_ENUM(direction, left, right)
#endif
struct turn_args {
    direction towards = direction::left;
};
void turn(const turn_args&);

constexpr haft::tool tool = haft::make<&turn>("Turn");
