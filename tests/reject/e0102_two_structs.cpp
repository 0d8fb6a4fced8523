// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since C++26 knows the names of a function's parameters
// expect: [haft-E0102]
// expect: take one struct
// note: "measure"
// note: point
#include <haft/tool.hpp>

struct point {
    double x, y;
};
#ifdef HAFT_REJECT
double measure(const point& from, const point& to);
#else
struct distance {
    point from, to;
};
double measure(const distance&);
#endif

constexpr haft::tool tool = haft::make<&measure>("Measure a distance");
