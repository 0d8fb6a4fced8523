// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0108]
// expect: this function's name can't be a tool's
// note: größe
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int größe();

constexpr haft::tool tool = haft::make<&größe>("How large it is");
#else
int größe();

constexpr haft::tool tool = haft::make<&größe>({.description = "How large it is", .name = "size"});
#endif
