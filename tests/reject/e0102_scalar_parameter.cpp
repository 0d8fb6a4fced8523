// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since C++26 knows the names of a function's parameters
// expect: [haft-E0102]
// expect: C++20 has no names for plain parameters
// note: "square"
// note: double (*)(double)
#include <haft/tool.hpp>

#ifdef HAFT_REJECT
double square(double x);
#else
double square(haft::arg<"x", double> x);
#endif

constexpr haft::tool tool = haft::make<&square>("Square a number");
