// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MCP_CONFIG_HPP
#define HAFT_HOST_MCP_CONFIG_HPP

/// What MCP clients want to have in their configuration so that they start a program. POSIX.

#include <haft/json/writer.hpp>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include <unistd.h>

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
inline std::string mcp_config(const mcp_client& client, std::string_view server, std::string_view executable) {
    std::string out = "{\n  \"";
    out.append(client.key).append("\": {\n    ");
    json::append_string(out, server);
    out += ": {\n      ";
    // Claude Desktop and Cursor know no other kind of server with a command; the others want it said.
    if (client.name == "vscode" || client.name == "claude-code") out += "\"type\": \"stdio\",\n      ";
    out += "\"command\": ";
    json::append_string(out, executable);
    out += ",\n      \"args\": [\"serve\"]\n    }\n  }\n}";
    return out;
}

/// The absolute path of a program that was started as `argv0`, found as the shell finds it. The links on the way to its
/// folder are resolved, its own is not: what was installed as a link stays that link when it is replaced.
inline std::string absolute_path(std::string_view argv0) {
    const auto absolute = [](const std::string& path) {
        const std::size_t slash = path.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
        char* const real = ::realpath(folder.c_str(), nullptr);
        if (!real) return path;
        std::string out = real;
        std::free(real);
        if (out != "/") out += '/';
        return out.append(path, slash == std::string::npos ? 0 : slash + 1);
    };
    if (argv0.find('/') != std::string_view::npos) return absolute(std::string(argv0));
    const char* const variable = std::getenv("PATH");
    std::string_view folders = variable ? variable : "";
    while (!folders.empty()) {
        const std::string_view folder = folders.substr(0, folders.find(':'));
        folders.remove_prefix(folder.size() < folders.size() ? folder.size() + 1 : folder.size());
        std::string path(folder.empty() ? "." : folder);
        path.append("/").append(argv0);
        if (::access(path.c_str(), X_OK) == 0) return absolute(path);
    }
    return absolute(std::string(argv0));
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_MCP_CONFIG_HPP
