// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this parameter's type brings a limit of that kind of its own
// note: "split"
// note: "at"
// note: char
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int split(haft::arg<"at", char, haft::min_length(1)> at);
#else
int split(haft::arg<"at", char, haft::pattern("^[,;]$")> at);
#endif

constexpr haft::tool tool = haft::make<&split>("Split a text");
