// SPDX-License-Identifier: BSL-1.0
// The fixture of MCP's official suite over HTTP: suite_server PORT [--without TOOL]. (Without one of its tools the suite must find
// something.)
#include "official_fixture.hpp"

#include <haft/mcp/transport/http.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <signal.h>

int main(int argc, char** argv) {
    const std::string_view without = argc > 3 && std::string_view(argv[2]) == "--without" ? argv[3] : "";
    const std::shared_ptr<haft::mcp::live_offer> live = official::make_offer();
    const haft::mcp::offer all = live->now();  // outlives what is made of it
    haft::toolset tools;
    for (const haft::tool& one : all.tools->set)
        if (one.name != without) tools.add(one);
    tools.add("test_reconnection", "Takes longer than its stream is open", [](haft::call_context& context) {
        for (int i = 0; i < 80 && !context.stop_requested(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return std::string("reconnected");
    });
    live->publish(haft::mcp::offer::of(std::move(tools)));

    haft::mcp::http_options options;
    options.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0);
    options.server = official::options();
    options.poll_after = std::chrono::milliseconds(500);
    options.on_listening = [](const std::string& url) {
        std::puts(url.c_str());
        std::fflush(stdout);
    };
    haft::mcp::http_server server(live, std::move(options));
    if (const haft::result<void> fine = server.listen(); !fine) return std::fputs((fine.error().text() + "\n").c_str(), stderr), 1;
    server.stop_on({SIGTERM, SIGINT});
    server.run();
}
