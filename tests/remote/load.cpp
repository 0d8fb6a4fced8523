// SPDX-License-Identifier: BSL-1.0
// Many calls of far.count at once: load URL CALLS THREADS MILLISECONDS. Writes a line for each that has ended: its id and how.
#include <haft/host/mounted_service.hpp>
#include <haft/registry.hpp>
#include <haft/remote/nats_bus.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 5) return std::fputs("load URL CALLS THREADS MILLISECONDS\n", stderr), 2;
    const int calls = std::atoi(argv[2]), threads = std::atoi(argv[3]);
    haft::remote::nats_bus_options how{.bus = {.url = argv[1]}, .call_limit = std::chrono::milliseconds(20'000), .silence = std::chrono::milliseconds(1000)};
    const auto bus = haft::remote::nats_bus::open(how);
    if (!bus) return std::fprintf(stderr, "%s\n", bus.error().text().c_str()), 1;
    haft::remote::remote_endpoint to{.name = "far.count", .said = "far.count"};
    for (int i = 0; i < 200 && to.subject.empty(); ++i) {
        if (const auto all = (*bus)->services("far"))
            for (const auto& one : *all)
                for (const auto& at : one.endpoints)
                    if (at.name == "count") to.subject = at.subject, to.cancel_subject = one.cancel_subject;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    std::atomic<int> next{0};
    std::mutex guard;
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t)
        all.emplace_back([&] {
            for (int i; (i = next++) < calls;) {
                const std::string id = "c" + std::to_string(i), arguments = "{\"id\":\"" + id + "\",\"milliseconds\":" + argv[4] + "}";
                std::string text;
                haft::call_options options;
                haft::result_writer writer(text, haft::string_results::as_text, options);
                (*bus)->call(to, arguments, options, writer);
                const std::string end = !writer.failed()                                         ? text == id ? "result" : "another's result"
                                        : writer.error().code == haft::errc::call_fate_unknown ? "unknown"
                                                                                          : "error " + writer.error().text();
                const std::lock_guard lock(guard);
                std::printf("%s %s\n", id.c_str(), end.c_str());
            }
        });
    for (std::thread& one : all) one.join();
    return 0;
}
