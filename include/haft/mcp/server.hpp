// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_HPP
#define HAFT_MCP_SERVER_HPP

/// An MCP server as a value: it is given bytes and gives bytes. No thread, no file, so it fits into a game loop as well as behind
/// standard input. Revisions 2024-11-05 to 2026-07-28.

#include <haft/mcp/server/asking.hpp>
#include <haft/mcp/server/calls.hpp>
#include <haft/mcp/server/frames.hpp>
#include <haft/mcp/server/messages.hpp>
#include <haft/mcp/server/news.hpp>
#include <haft/mcp/server/options.hpp>
#include <haft/mcp/server/server_class.hpp>
#include <haft/mcp/server/stateless.hpp>

#endif  // HAFT_MCP_SERVER_HPP
