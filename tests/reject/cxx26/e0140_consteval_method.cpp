// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: Clock::hours is consteval, and a tool is called at run time
// note: Clock::hours
#include <haft/toolbox.hpp>

struct [[= haft::doc("What time it is")]] Clock {
    int now() { return 0; }
#ifdef HAFT_REJECT
    static consteval int hours() { return 24; }
#else
    [[= haft::no_tool]] static consteval int hours() { return 24; }
#endif
};
const haft::toolbox_class& clocks = haft::toolbox_class_of<Clock>();
