// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_HTTP_OPTIONS_HPP
#define HAFT_MCP_CLIENT_HTTP_OPTIONS_HPP

/// How a server is reached over HTTP.

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// Of somebody else's server. (http_options are those of a server of our own.)
struct remote_server_options {
    std::string url = {};  ///< its one endpoint: `https://mcp.example.com/mcp`
    /// With every request, `Authorization` for example. Never shown in a message.
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string ca_file = {};  ///< PEM; whom to trust beside those whom the system does
    std::chrono::milliseconds connect_limit{10000};  ///< for the connection and TLS together; looking up the name has no limit
    std::chrono::milliseconds retry_time{1000};      ///< before a stream that broke is opened again, where the server says nothing
    std::size_t most_retries = 5;                    ///< in a row that bring nothing
    std::size_t max_message_bytes = std::size_t{32} << 20;  ///< of a body, or of one event of a stream
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_CLIENT_HTTP_OPTIONS_HPP
