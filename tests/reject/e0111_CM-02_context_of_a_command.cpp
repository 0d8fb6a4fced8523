// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0111]
// note: look
#include <haft/command.hpp>

void look(haft::command_context&);

#ifdef HAFT_REJECT
constexpr haft::tool tool = haft::make<&look>("Look");  // a tool has no line
#else
constexpr haft::command command = haft::make_command<&look>("Look");
#endif
