// SPDX-License-Identifier: BSL-1.0
// haft's stdio server with one tool, as anybody writes it.
#include <haft/mcp/transport/stdio.hpp>
#include <haft/tool.hpp>

struct echo_query {
    std::string text;
};

std::string echo(const echo_query& query) { return query.text; }

int main() { return haft::mcp::serve_stdio(haft::toolset{haft::make<&echo>("Gives the text back")}); }
