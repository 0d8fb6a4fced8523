// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0124]
// expect: no value of the parameter's type
// note: "split"
// note: "at"
// note: char
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int split(haft::arg<"at", char, haft::examples(",", "; ")> at);
#else
int split(haft::arg<"at", char, haft::examples(",", ";")> at);
#endif

constexpr haft::tool tool = haft::make<&split>("Split a text");
