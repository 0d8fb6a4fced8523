// SPDX-License-Identifier: BSL-1.0
// The other translation unit of enrol_command.test.cpp.
#include "enrol_command_header.hpp"

namespace enrolled_commands {

std::string yak() { return "yak"; }
HAFT_COMMAND(yak, "Shows a yak");

}  // namespace enrolled_commands
