// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0107]
// expect: a tool has at most 64 parameters
// note: "many"
#include <haft/tool.hpp>

#define FOUR(n) int n##a, int n##b, int n##c, int n##d
#define SIXTEEN(n) FOUR(n##a), FOUR(n##b), FOUR(n##c), FOUR(n##d)

#ifdef HAFT_REJECT
int many(SIXTEEN(a), SIXTEEN(b), SIXTEEN(c), SIXTEEN(d), int one_more);
#else
int many(SIXTEEN(a), SIXTEEN(b), SIXTEEN(c), SIXTEEN(d));
#endif

constexpr haft::tool tool = haft::make<^^many>("Takes much");
