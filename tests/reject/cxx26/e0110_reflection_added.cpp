// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: this is no tool
// note: info
#include <haft/tool.hpp>

[[= haft::doc("Weather forecast")]] int forecast(std::string city);

void fill(haft::toolset& tools) {
#ifdef HAFT_REJECT
    tools.add(^^forecast);
#else
    static_cast<void>(tools.add(haft::make<^^forecast>()));
#endif
}
