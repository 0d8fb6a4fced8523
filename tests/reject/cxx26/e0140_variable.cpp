// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0140]
// expect: no tool can be made of answer, which is a variable
// note: answer
#include <haft/tool.hpp>

inline int answer = 42;
[[= haft::doc("The answer")]] int get_answer();

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<^^answer>();
#else
constexpr haft::tool tool = haft::make<^^get_answer>();
#endif
