// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0120]
// expect: a parameter has no name at all
// note: "negate"
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
int negate(haft::arg<"", int> x);
#else
int negate(haft::arg<"x", int> x);
#endif

constexpr haft::tool tool = haft::make<&negate>("Negate a number");
