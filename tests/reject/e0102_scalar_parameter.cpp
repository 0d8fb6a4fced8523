// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0102]
// expect: a parameter without a struct has no name
// note: "square"
// note: double (*)(double)
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
double square(double x);
#else
struct number {
    double x;
};
double square(number);
#endif

constexpr haft::tool tool = haft::make<&square>("Square a number");
