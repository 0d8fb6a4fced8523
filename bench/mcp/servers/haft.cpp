// SPDX-License-Identifier: BSL-1.0
// haft's server with one tool: mcp_haft stdio, or mcp_haft http PORT THREADS (of those that run tools; 0: where it serves).
#include <haft/mcp/transport/http.hpp>
#include <haft/mcp/transport/stdio.hpp>
#include <haft/tool.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

struct echo_query {
    std::string text;
};

std::string echo(const echo_query& query) { return query.text; }

int main(int argc, char** argv) {
    haft::toolset tools{haft::make<&echo>("Gives the text back")};
    if (argc == 2 && std::string_view(argv[1]) == "stdio") return haft::mcp::serve_stdio(std::move(tools));
    if (argc != 4) return std::fputs("usage: mcp_haft stdio, or mcp_haft http PORT THREADS\n", stderr), 2;
    haft::mcp::http_options how;
    how.port = static_cast<std::uint16_t>(std::atoi(argv[2]));
    how.threads = static_cast<decltype(how.threads)>(std::atoi(argv[3]));
    const haft::result<void> served = haft::mcp::serve_http(std::move(tools), std::move(how));
    return served ? 0 : (std::fputs((served.error().text() + "\n").c_str(), stderr), 1);
}
