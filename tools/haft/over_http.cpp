// SPDX-License-Identifier: BSL-1.0
#include "over_http.hpp"

#include <haft/host/serve_http.hpp>
#include <haft/mcp/client/over_http.hpp>

#include <optional>
#include <utility>

int haft_command::serve_over_http(const haft::host::program& p, const std::string& at, const std::optional<std::string>& token_file,
                                  const std::vector<std::string>& names) {
    return haft::host::serve_http(p, haft::host::http_command_line{at, token_file, names});
}

haft::result<haft::mcp::server_connector> haft_command::reach_over_http(haft::mcp::remote_server_options how) {
    return haft::mcp::over_http(std::move(how));
}
