// SPDX-License-Identifier: BSL-1.0
// A server of scripted chat completions, as a program: chat_server SCRIPT.json [REQUESTS.jsonl]
//
// SCRIPT is a JSON array of answers, given in this order: {"text": "…"}, {"calls": [{"name": "…", "arguments": {…}}]},
// {"status": 429, "body": "…", "headers": {"Retry-After": "1"}}. It prints its address, http://localhost:PORT/v1, and serves until its
// input ends. Each request is then a line of REQUESTS.
#include "chat_server.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

haft_test::chat_answer answer_of(const nlohmann::json& one) {
    haft_test::chat_answer out;
    out.status = one.value("status", 200u);
    out.body = one.value("body", "");
    out.pause = std::chrono::milliseconds(one.value("pause_ms", 0));
    const nlohmann::json headers = one.value("headers", nlohmann::json::object());
    for (const auto& [name, value] : headers.items())
        out.headers.emplace_back(name, value.get<std::string>());
    if (one.contains("text")) out.reply["text"] = one["text"];
    if (one.contains("calls")) out.reply["calls"] = one["calls"];
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::fputs("usage: chat_server SCRIPT.json [REQUESTS.jsonl]\n", stderr), 2;
    std::ifstream file(argv[1]);
    const nlohmann::json script = nlohmann::json::parse(file, nullptr, false);
    if (!script.is_array()) return std::fprintf(stderr, "%s holds no JSON array of answers\n", argv[1]), 2;
    haft_test::chat_server server;
    for (const nlohmann::json& one : script) server.then(answer_of(one));
    std::printf("%s\n", server.base_url().c_str());
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line);) {}
    if (argc > 2) {
        std::ofstream out(argv[2]);
        for (const haft_test::seen_request& seen : server.requests()) out << seen.json().dump() << '\n';
    }
    return 0;
}
