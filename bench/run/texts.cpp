// SPDX-License-Identifier: BSL-1.0
// The texts that go in.
#include "tasks.hpp"

namespace bench {

std::string arguments_of(std::size_t task) {
    if (task == 0) return R"({"city":"Berlin","days":5})";
    if (task == 1)
        return R"({"origin":{"lat":52.520008,"lon":13.404954,"name":"Alexanderplatz"},)"
               R"("weights":[0.125,1.5,2.25,3.75,4.0625,5.3,6.1,7.7],"mode":"train","note":"avoid stairs"})";
    std::string text;
    while (text.size() < 10240)
        text += R"(The quick brown fox jumps over the lazy dog, then reads line of a log file, \"q\" end.\n)";
    return "{\"text\":\"" + text + "\"}";
}

std::string line_of(std::size_t task, std::string_view arguments) {
    std::string line = R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":")";
    line.append(tool_names[task]).append(R"(","arguments":)").append(arguments).append("}}\n");
    return line;
}

}  // namespace bench
