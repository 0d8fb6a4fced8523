// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a haft::result is a function's result by itself
// note: "find_articles"
// note: element_of
// note: result<int>
#include <haft/tool.hpp>

#include <vector>

#ifdef HAFT_REJECT
std::vector<haft::result<int>> find_articles();
#else
haft::result<std::vector<int>> find_articles();
#endif

constexpr haft::tool tool = haft::make<&find_articles>("Find articles");
