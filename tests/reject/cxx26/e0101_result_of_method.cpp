// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0101]
// expect: this class has no JSON form
// note: "forecast"
// note: engine
#include <haft/toolbox.hpp>

class engine {
    int state = 0;
};
struct [[= haft::doc("Weather")]] Weather {
#ifdef HAFT_REJECT
    engine forecast(int days) { return static_cast<void>(days), engine(); }
#else
    int forecast(int days) { return days; }
#endif
};
const haft::toolbox_class& weather = haft::toolbox_class_of<Weather>();
