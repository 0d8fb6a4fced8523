// SPDX-License-Identifier: BSL-1.0 The command `haft`: the tools of plugins, for people at a command line and for MCP clients.
#include "commands.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    try {
        return haft_command::run(argc, argv);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "Error: %s\n", e.what());
        return haft::host::exit_failed;
    }
}
