// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0126]
// expect: not as many as its parameters
// note: "add"
// note: names_for_parameters<3, 2
#include <haft/tool.hpp>

#include <array>

int add(int a, int b);
#ifdef HAFT_REJECT
constexpr std::array names{haft::field{"a"}, haft::field{"b"}, haft::field{"c"}};
#else
constexpr std::array names{haft::field{"a"}, haft::field{"b"}};
#endif

HAFT_TOOL_NAMED(add, names, "Add two numbers");
