// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0111]
// expect: a tool can't write to its caller's variable
// note: "sort_numbers"
// note: "values"
#include <haft/tool.hpp>

#include <vector>

#ifdef HAFT_REJECT
void sort_numbers(haft::arg<"values", std::vector<double>>& values);
#else
std::vector<double> sort_numbers(haft::arg<"values", std::vector<double>> values);
#endif

constexpr haft::tool tool = haft::make<&sort_numbers>("Sort numbers");
