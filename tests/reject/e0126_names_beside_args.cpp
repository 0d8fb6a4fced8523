// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0126]
// expect: haft::arg has its own name
// note: "add"
#include <haft/tool.hpp>

#include <array>

#ifdef HAFT_REJECT
int add(haft::arg<"a", int> a, haft::arg<"b", int> b);
#else
int add(int a, int b);
#endif
constexpr std::array names{haft::field{"a"}, haft::field{"b"}};

constexpr haft::tool tool = haft::make<&add, names>("Add two numbers");
