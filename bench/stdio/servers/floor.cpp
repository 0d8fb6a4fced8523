// SPDX-License-Identifier: BSL-1.0
// What the pipe itself costs: a line is read, id and text are found by search, an answer is put together. This is no
// server. It reads no JSON and checks nothing.
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>

int main() {
    std::ios::sync_with_stdio(false);
    std::string line, out;
    while (std::getline(std::cin, line)) {
        const std::size_t id = line.find("\"id\":");
        if (id == line.npos) continue;
        out = "{\"jsonrpc\":\"2.0\",";
        out.append(line, id, line.find_first_of(",}", id) - id);
        if (line.find("\"tools/call\"") != line.npos) {
            const std::size_t text = line.find("\"text\":\"") + 8;
            out += ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"";
            out.append(line, text, line.find('"', text) - text);
            out += "\"}]}}\n";
        } else if (line.find("\"tools/list\"") != line.npos) {
            out +=
                R"(,"result":{"tools":[{"name":"echo","description":"Gives the text back","inputSchema":{"type":"object",)"
                R"("properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}}]}})"
                "\n";
        } else {
            out += R"(,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},)"
                   R"("serverInfo":{"name":"floor","version":"1"}}})"
                   "\n";
        }
        std::fwrite(out.data(), 1, out.size(), stdout);
        std::fflush(stdout);
    }
}
