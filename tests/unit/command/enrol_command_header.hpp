// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_UNIT_COMMAND_ENROL_COMMAND_HEADER_HPP
#define HAFT_TESTS_UNIT_COMMAND_ENROL_COMMAND_HEADER_HPP

/// A header with a HAFT_COMMAND, seen from two translation units.

#include <haft/command.hpp>

#include <string>

namespace enrolled_commands {

inline std::string ape() { return "ape"; }
HAFT_COMMAND(ape, "Shows an ape");

}  // namespace enrolled_commands

#endif  // HAFT_TESTS_UNIT_COMMAND_ENROL_COMMAND_HEADER_HPP
