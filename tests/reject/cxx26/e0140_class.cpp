// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of Clock, which is a class; its methods become tools by haft::make_toolbox<Clock>()
// note: Clock
#include <haft/toolbox.hpp>

struct [[= haft::doc("What time it is")]] Clock {
    int now() { return 0; }
};

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^Clock>("What time it is");
#else
const haft::toolbox_class& clocks = haft::toolbox_class_of<Clock>();
#endif
