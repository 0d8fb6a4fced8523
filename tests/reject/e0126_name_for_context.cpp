// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0126]
// expect: not as many as its parameters
// note: "add"
// note: names_for_parameters<3, 2
#include <haft/tool.hpp>

#include <array>

int add(int a, haft::call_context& context, int b);
#ifdef HAFT_REJECT
constexpr std::array names{haft::field{"a"}, haft::field{"context"}, haft::field{"b"}};
#else
constexpr std::array names{haft::field{"a"}, haft::field{"b"}};
#endif

constexpr haft::tool tool = haft::make<&add, names>("Add two numbers");
