// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: at run time there is no reflection; write box.add_tool(haft::make<^^f>())
// note: forecast
#include <haft/toolbox.hpp>

[[= haft::doc("Weather forecast")]] int forecast(std::string city);

haft::result<void> fill(const haft::toolbox& box) {
#ifdef HAFT_REJECT
    return box.add_tool<^^forecast>("Weather forecast");
#else
    return box.add_tool(haft::make<^^forecast>());
#endif
}
