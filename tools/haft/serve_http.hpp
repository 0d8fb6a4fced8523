// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_SERVE_HTTP_HPP
#define HAFT_TOOLS_HAFT_SERVE_HTTP_HPP

/// `haft serve --http`, compiled in a file of its own: it alone brings Asio and OpenSSL.

#include <haft/host/program.hpp>
#include <haft/mcp/live_offer.hpp>

#include <memory>
#include <string>
#include <vector>

namespace haft_command {

/// What is live, at `127.0.0.1:8000`, say, for those who have the token of that file, if there is one, by these names of the host beside
/// localhost.
int serve_over_http(const haft::host::program& p, std::shared_ptr<haft::mcp::live_offer> live, const std::string& at,
                    const std::string& token_file, const std::vector<std::string>& names);

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_SERVE_HTTP_HPP
