// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since C++26 knows the names of a function's parameters
// expect: [haft-E0102]
// expect: or give the names: haft::make<&f, names>
// note: "add"
// note: int, int
#include <haft/tool.hpp>

#include <array>

int add(int a, int b);

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<&add>("Add two numbers");
#else
constexpr std::array names{haft::field{"a"}, haft::field{"b"}};
constexpr haft::tool tool = haft::make<&add, names>("Add two numbers");
#endif
