// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HAFT_HPP
#define HAFT_HAFT_HPP

/// The umbrella of what most programs want: tools, the formats of the providers, the MCP server, and `haft::run`. No nlohmann, no
/// toml++, no Asio. (Toolboxes are in <haft/toolbox.hpp>, selectors, views and approval in <haft/views.hpp>, hand-written schemas in
/// <haft/written.hpp>, all of these and the registry in <haft/registry.hpp>, the rarer types of the standard library in
/// <haft/std.hpp>.)

#include <haft/format/anthropic.hpp>
#include <haft/format/gemini.hpp>
#include <haft/format/name.hpp>
#include <haft/format/openai.hpp>
#include <haft/host/run.hpp>
#include <haft/mcp/server.hpp>
#include <haft/mcp/transport/stdio.hpp>
#include <haft/tool.hpp>

#endif  // HAFT_HAFT_HPP
