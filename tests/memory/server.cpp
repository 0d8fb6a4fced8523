// SPDX-License-Identifier: BSL-1.0
// The server whose memory test.py weighs: tools on a thousand threads, one of which holds every call until a line comes from standard
// input.
#include <haft/haft.hpp>
#include <haft/mcp/transport/http.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include <unistd.h>

namespace {

std::mutex guard;
std::condition_variable changed;
bool is_open = false;
int inside = 0;

void say(const std::string& line) {
    std::puts(line.c_str());
    std::fflush(stdout);
}

std::string meet(haft::arg<"text", std::string> text, haft::arg<"together", int> together) {
    std::unique_lock lock(guard);
    if (++inside == *together) say("together");
    changed.wait(lock, [] { return is_open; });
    return *text;
}

}  // namespace

int main() {
    haft::mcp::http_options how;
    how.max_connections = 100'000;
    how.threads = 1000;
    how.idle_time = std::chrono::hours(1);
    how.on_listening = say;
    haft::mcp::http_server server(haft::toolset{haft::make<&meet>("Waits for the others")}, std::move(how));
    if (const haft::result<void> fine = server.listen(); !fine) return std::fputs((fine.error().text() + "\n").c_str(), stderr), 1;
    std::thread opener([&server] {
        char one = 0;
        while (::read(STDIN_FILENO, &one, 1) > 0) {
            const std::lock_guard lock(guard);
            is_open = true;
            changed.notify_all();
        }
        server.stop();
    });
    server.run();
    opener.join();
}
