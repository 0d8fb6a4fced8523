// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MCP_CONFIG_HPP
#define HAFT_HOST_MCP_CONFIG_HPP

/// What MCP clients want to have in their configuration so that they start a program.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/json/string_text.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

/// A client, and where it looks for its servers.
struct mcp_client {
    std::string_view name;   ///< as the command line has it
    std::string_view title;  ///< as people know it
    std::string_view place;  ///< the file
    std::string_view key;    ///< the member of that file that holds the servers
};
inline constexpr std::array<mcp_client, 4> mcp_clients{{
    {"claude-desktop", "Claude Desktop", "claude_desktop_config.json (Settings, Developer, Edit Config)", "mcpServers"},
    {"claude-code", "Claude Code", ".mcp.json in the project", "mcpServers"},
    {"vscode", "VS Code", ".vscode/mcp.json in the workspace", "servers"},
    {"cursor", "Cursor", ".cursor/mcp.json in the project, or in the home directory", "mcpServers"},
}};

/// The client of that name, or null.
constexpr const mcp_client* find_mcp_client(std::string_view name) noexcept {
    for (const mcp_client& c : mcp_clients)
        if (c.name == name) return &c;
    return nullptr;
}

/// The whole of a file that holds this server only; its one entry is what goes into a file that is there already.
/// `arguments` stand before `serve`.
HAFT_COLD inline std::string mcp_config(const mcp_client& client, std::string_view server, std::string_view executable,
                                        const std::vector<std::string>& arguments = {}) {
    // Claude Desktop and Cursor know no other kind of server with a command; the others want it said.
    const bool says_kind = client.name == "vscode" || client.name == "claude-code";
    std::string before_serve;
    for (const std::string& one : arguments) append_all(before_serve, {json::string_text(one), ", "});
    return concat({"{\n  \"", client.key, "\": {\n    ", json::string_text(server), ": {\n      ",
                   says_kind ? "\"type\": \"stdio\",\n      " : "", "\"command\": ", json::string_text(executable),
                   ",\n      \"args\": [", before_serve, "\"serve\"]\n    }\n  }\n}"});
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_MCP_CONFIG_HPP
