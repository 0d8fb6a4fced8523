// SPDX-License-Identifier: BSL-1.0
#include "serve_http.hpp"

#include <haft/host/serve_http.hpp>

#include <utility>

int haft_command::serve_over_http(const haft::host::program& p, std::shared_ptr<haft::mcp::live_offer> live, const std::string& at,
                                  const std::string& token_file, const std::vector<std::string>& names) {
    return haft::host::serve_http(p, haft::host::http_request_line{at, token_file, names}, std::move(live));
}
