// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_HPP
#define HAFT_COMMAND_HPP

/// The umbrella of commands that people give: `/weather London`. See docs/guide/commands.md.

#include <haft/command/command_part.hpp>
#include <haft/command/command_set.hpp>
#include <haft/command/enrol_command.hpp>
#include <haft/command/make_command.hpp>
#include <haft/command/rest_of_line.hpp>
#include <haft/tool.hpp>

#endif  // HAFT_COMMAND_HPP
