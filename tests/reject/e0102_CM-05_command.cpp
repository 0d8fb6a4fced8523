// SPDX-License-Identifier: BSL-1.0
// only: cxx20, because a compiler with reflection knows the names
// expect: [haft-E0102]
// note: go
#include <haft/command.hpp>

#ifdef HAFT_REJECT
void go(int, haft::command_context&, int);
#else
void go(haft::arg<"x", int>, haft::command_context&, haft::arg<"y", int>);
#endif
constexpr haft::command command = haft::make_command<&go>("Go there");
