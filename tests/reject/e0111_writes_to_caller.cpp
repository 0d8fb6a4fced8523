// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0111]
// expect: a tool can't write to its caller's variable
// note: "sort_numbers"
// note: numbers
#include <haft/tool.hpp>

#include <vector>

struct numbers {
    std::vector<double> values;
};
#ifdef HAFT_REJECT
void sort_numbers(numbers&);
#else
numbers sort_numbers(numbers);
#endif

constexpr haft::tool tool = haft::make<&sort_numbers>("Sort numbers");
