// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0157]
// expect: nobody can be told what this command returns
// note: status
#include <haft/command.hpp>

#ifdef HAFT_REJECT
void* status();
#else
haft::message status();
#endif
constexpr haft::command command = haft::make_command<&status>("Tell how it is");
