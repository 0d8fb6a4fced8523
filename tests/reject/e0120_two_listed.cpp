// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: two parameters have one name in JSON
// note: "add"
// note: "a"
#include <haft/tool.hpp>

#include <array>

int add(int a, int b);
#ifdef HAFT_REJECT
constexpr std::array names{haft::field{"a"}, haft::field{"a"}};
#else
constexpr std::array names{haft::field{"a"}, haft::field{"b"}};
#endif

constexpr haft::tool tool = haft::make<&add, names>("Add two numbers");
