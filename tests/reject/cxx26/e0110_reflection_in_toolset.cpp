// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: this is no tool
// note: info
#include <haft/tool.hpp>

[[= haft::doc("Weather forecast")]] int forecast(std::string city);

#ifdef HAFT_REJECT
const haft::toolset tools{^^forecast};
#else
const haft::toolset tools{haft::make<^^forecast>()};
#endif
