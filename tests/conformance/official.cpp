// SPDX-License-Identifier: BSL-1.0
// The fixture of MCP's official suite over standard input and output.
#include "official_fixture.hpp"

int main() { return haft::mcp::serve_stdio(official::make_offer(), official::options()); }
