// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: an image, a sound or a resource is a result by itself
// note: member_of<article
// note: "photo"
// note: "find_article"
#include <haft/tool.hpp>

struct query {
    int number;
};
struct article {
    int number = 0;
#ifdef HAFT_REJECT
    haft::image photo;
#endif
};
#ifdef HAFT_REJECT
article find_article(const query&);
#else
haft::output<article> find_article(const query&);  // the photo is among its attachments
#endif

constexpr haft::tool tool = haft::make<&find_article>("Find an article");
