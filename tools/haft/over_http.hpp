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

/// At `127.0.0.1:8000`, say, for those who have the token of that file, if there is one, by these names of the host beside localhost.
int serve_over_http(const haft::host::program& p, const std::string& at, const std::optional<std::string>& token_file, const std::vector<std::string>& names);

/// mcp::over_http
haft::result<haft::mcp::server_connector> reach_over_http(haft::mcp::remote_server_options how);

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_OVER_HTTP_HPP
