// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: a pointer has no JSON form
// note: result_of_tool<
// note: "find_article"
// note: article
#include <haft/tool.hpp>

struct query {
    int number;
};
struct article {
    int number = 0;
};
#ifdef HAFT_REJECT
haft::result<const article*> find_article(const query&);
#else
haft::result<article> find_article(const query&);
#endif

constexpr haft::tool tool = haft::make<&find_article>("Find an article");
