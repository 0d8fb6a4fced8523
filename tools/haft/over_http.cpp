// SPDX-License-Identifier: BSL-1.0
#include "over_http.hpp"

#include <haft/host/serve_http.hpp>
#include <haft/mcp/client/over_http.hpp>

#include <utility>

int haft_command::serve_over_http(const haft::host::program& p, const http_words& said) {
    return haft::host::serve_http(p, haft::host::http_command_line{said.at, said.token_file, said.names, said.leave_time, said.drain_time});
}

haft::result<haft::mcp::server_connector> haft_command::reach_over_http(haft::mcp::remote_server_options how) {
    return haft::mcp::over_http(std::move(how));
}
