// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: the member function Clock::now needs its object; its class is a toolbox: haft::make_toolbox<Clock>()
// note: Clock::now
#include <haft/toolbox.hpp>

struct [[= haft::doc("What time it is")]] Clock {
    int now() { return 0; }
};

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^Clock::now>("What time it is");
#else
const haft::toolbox_class& clocks = haft::toolbox_class_of<Clock>();
#endif
