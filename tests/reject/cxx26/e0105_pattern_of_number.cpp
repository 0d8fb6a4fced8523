// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0105]
// expect: this limit is not for a parameter of this type
// note: Weather::forecast
// note: "days"
#include <haft/toolbox.hpp>

struct [[= haft::doc("Weather")]] Weather {
#ifdef HAFT_REJECT
    int forecast([[= haft::pattern("[0-9]+")]] int days) { return days; }
#else
    int forecast([[= haft::maximum(9)]] int days) { return days; }
#endif
};
const haft::toolbox_class& weather = haft::toolbox_class_of<Weather>();
