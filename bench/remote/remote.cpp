// SPDX-License-Identifier: BSL-1.0
// remote_host echo URL: answers each request at `bare` with its own bytes, as little as a service can do.
// remote_host CONFIG TOOL ARGUMENTS CALLS THREADS [URL]: calls a tool as a host does; with URL each call alternates with a bare request of
// the same bytes, so that both have the same machine. Prints JSON: microseconds, and calls a second.
#include <haft/config/parse_toml.hpp>
#include <haft/host/configured_host.hpp>
#include <haft/host/nats_services.hpp>
#include <haft/mcp/client/over_http.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <nats/nats.h>
#include <unistd.h>

namespace {

using clock_type = std::chrono::steady_clock;

natsConnection* connect(const char* url) {
    natsOptions* options = nullptr;
    natsConnection* out = nullptr;
    natsOptions_Create(&options);
    natsOptions_SetURL(options, url);
    natsOptions_SetSendAsap(options, true);
    if (natsConnection_Connect(&out, options) != NATS_OK) std::abort();
    natsOptions_Destroy(options);
    return out;
}
void give_back(natsConnection* on, natsSubscription*, natsMsg* m, void*) {
    natsConnection_Publish(on, natsMsg_GetReply(m), natsMsg_GetData(m), natsMsg_GetDataLength(m));
    natsMsg_Destroy(m);
}
int echo(const char* url) {
    natsConnection* const on = connect(url);
    natsSubscription* heard = nullptr;
    natsConnection_QueueSubscribe(&heard, on, "bare", "q", &give_back, nullptr);
    natsConnection_Flush(on);
    std::puts("ready");
    std::fflush(stdout);
    for (;;) ::pause();
}
double us(clock_type::duration d) { return std::chrono::duration<double, std::micro>(d).count(); }
double median(std::vector<double> all) {
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
    return all[all.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && !std::strcmp(argv[1], "echo")) return echo(argv[2]);
    if (argc < 6) return std::fputs("remote_host CONFIG TOOL ARGUMENTS CALLS THREADS [URL]\n", stderr), 2;
    std::ifstream file(argv[1]);
    const auto config = haft::parse_toml(std::string(std::istreambuf_iterator<char>(file), {}), argv[1]);
    if (!config) return std::fprintf(stderr, "%s\n", config.error().text().c_str()), 1;
    haft::configured_plugins_options how;
    how.mcp = haft::host::mcp_servers_options{};
    how.mcp->over_http = [](haft::mcp::remote_server_options o) { return haft::mcp::over_http(std::move(o)); };
    how.sources["nats"] = [](const haft::configuration& from, const haft::host::mount_errors& problems) { return haft::host::nats_entries(from, {}, problems); };
    haft::host::configured_host host(how);
    if (const auto applied = host.apply(*config); !applied) return std::fprintf(stderr, "%s\n", applied.error().text().c_str()), 1;
    const haft::tool* const t = host.tools().find(argv[2]);
    for (const auto& one : host.problems()) std::fprintf(stderr, "%s\n", one.text.c_str());
    if (!t) return std::fprintf(stderr, "no tool %s\n", argv[2]), 1;
    const int calls = std::atoi(argv[4]), threads = std::atoi(argv[5]);
    natsConnection* const bare = argc > 6 ? connect(argv[6]) : nullptr;
    const auto call = [&] {
        std::string text;
        haft::call_options options;
        haft::result_writer writer(text, haft::string_results::as_text, options);
        haft::call_context context{t->name, options};
        t->run(argv[3], context, writer);
        if (writer.failed()) {
            std::fprintf(stderr, "%s\n", writer.error().text().c_str());
            std::exit(1);
        }
    };
    for (int i = 0; i < 200; ++i) call();
    std::vector<double> own, others;
    std::atomic<int> next{0};
    const auto began = clock_type::now();
    if (threads == 1) {
        for (int i = 0; i < calls; ++i) {
            const auto a = clock_type::now();
            call();
            const auto b = clock_type::now();
            own.push_back(us(b - a));
            if (!bare) continue;
            natsMsg* got = nullptr;
            if (natsConnection_Request(&got, bare, "bare", argv[3], static_cast<int>(std::strlen(argv[3])), 5000) != NATS_OK) return 1;
            natsMsg_Destroy(got);
            others.push_back(us(clock_type::now() - b));
        }
    } else {
        std::vector<std::thread> all;
        for (int k = 0; k < threads; ++k)
            all.emplace_back([&] {
                while (next++ < calls) call();
            });
        for (std::thread& one : all) one.join();
        own.push_back(us(clock_type::now() - began) / calls);
    }
    std::printf("{\"us\":%.2f,\"bare_us\":%.2f,\"per_second\":%.1f}\n", median(own), others.empty() ? 0.0 : median(others), calls / (us(clock_type::now() - began) / 1e6));
    return 0;
}
