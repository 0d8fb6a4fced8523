// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0134]
// expect: this is no method; write haft::method<&my_class::my_method>
// note: Clock::now
#include <haft/toolbox.hpp>

struct Clock {
    int now() { return 0; }
    static consteval auto haft_toolbox() {
#ifdef HAFT_REJECT
        return haft::toolbox_words("A clock", haft::method<^^Clock::now>("What time it is"));
#else
        return haft::toolbox_words("A clock", haft::method<&Clock::now>("What time it is"));
#endif
    }
};
const haft::toolbox_class& clocks = haft::toolbox_class_of<Clock>();
