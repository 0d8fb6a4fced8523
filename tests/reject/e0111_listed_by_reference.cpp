// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0111]
// expect: a tool can't write to its caller's variable
// note: "divide"
#include <haft/tool.hpp>

#include <array>

#ifdef HAFT_REJECT
int divide(int a, int b, int& rest);
constexpr std::array names{haft::field{"a"}, haft::field{"b"}, haft::field{"rest"}};
#else
int divide(int a, int b);
constexpr std::array names{haft::field{"a"}, haft::field{"b"}};
#endif

constexpr haft::tool tool = haft::make<&divide, names>("Divide two numbers");
