// SPDX-License-Identifier: BSL-1.0
// What haft tells while a client's tool runs, such as which plugins it found, can go to that client.
#include <haft/mcp/server.hpp>
#include <haft/tool.hpp>
#include <haft/tool/log.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

TEST_CASE("The log of a tool's work is the client's, if the host says so", "[DC-12]") {
    haft::toolset tools;
    tools.add("rescan", "Search for plugins again", [](haft::call_context& context) {
        const haft::logger log(
            [&](haft::log_level level, std::string_view channel, std::string_view message) {
                context.log(level, std::string(channel) + ": " + std::string(message));
            },
            *haft::parse_log_setting("info:plugins"));
        log.tell(haft::log_level::info, "plugins", "plugin \"weather\" was found");
        log.tell(haft::log_level::debug, "plugins", "not this");
        return 1;
    });
    std::string output;
    haft::mcp::server server(tools);
    server.on_output([&](std::string_view frames) { output += frames; });
    server.receive(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})"
                   "\n"
                   R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"rescan","arguments":{}}})"
                   "\n");
    server.poll();
    CHECK(output.find(R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","logger":"rescan",)"
                      R"("data":"plugins: plugin \"weather\" was found"}})") != std::string::npos);
    CHECK(output.find("not this") == std::string::npos);
}
