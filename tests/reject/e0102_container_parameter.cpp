// SPDX-License-Identifier: BSL-1.0
// only: cxx20, since C++26 knows the names of a function's parameters
// expect: [haft-E0102]
// expect: C++20 has no names for plain parameters
// note: "sum"
// note: vector
#include <haft/tool.hpp>

#include <vector>

#ifdef HAFT_REJECT
double sum(const std::vector<double>& numbers);
#else
double sum(haft::arg<"numbers", std::vector<double>> numbers);
#endif

constexpr haft::tool tool = haft::make<&sum>("Sum of numbers");
