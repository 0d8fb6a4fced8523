// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_OVER_HTTP_HPP
#define HAFT_TOOLS_HAFT_OVER_HTTP_HPP

/// `haft serve --http` and MCP servers over HTTP, compiled in a file of its own: it alone brings Asio and OpenSSL.

#include <haft/core/result.hpp>
#include <haft/host/program.hpp>
#include <haft/mcp/client/http/options.hpp>
#include <haft/mcp/client/server_link.hpp>

#include <optional>
#include <string>
#include <vector>

namespace haft_command {

/// What the command line says of it. (host::http_command_line, without what that brings.)
struct http_words {
    std::string at;                         ///< `127.0.0.1:8000`, say
    std::optional<std::string> token_file;  ///< of those who may call, if not everybody may
    std::vector<std::string> names;         ///< of the host, beside localhost
    std::optional<std::string> leave_time, drain_time;
};
int serve_over_http(const haft::host::program& p, const http_words& said);

/// mcp::over_http
haft::result<haft::mcp::server_connector> reach_over_http(haft::mcp::remote_server_options how);

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_OVER_HTTP_HPP
