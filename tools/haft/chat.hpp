// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_CHAT_HPP
#define HAFT_TOOLS_HAFT_CHAT_HPP

/// The command `chat`, apart from the others because it alone needs HTTP.

#include "command_line.hpp"
#include "session.hpp"

#include <haft/host/configured_host.hpp>
#include <haft/host/program.hpp>

namespace haft_command {

/// Talks until the person goes. Gives the exit code.
int chat(const haft::host::program& p, const settings& said, const configured& from, const std::vector<project_place>& of_project,
         haft::host::configured_host& host);

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_CHAT_HPP
