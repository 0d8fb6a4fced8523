// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0156]
// expect: no parameter can stand behind it
// note: say
#include <haft/command.hpp>

using said = haft::arg<"text", haft::rest_of_line>;
using whom = haft::arg<"to", std::string>;

#ifdef HAFT_REJECT
void say(said, whom);
#else
void say(whom, said);
#endif
constexpr haft::command command = haft::make_command<&say>("Say something to somebody");
