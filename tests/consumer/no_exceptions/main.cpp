// SPDX-License-Identifier: BSL-1.0
#include <haft/tool.hpp>

#include "../greet.hpp"

#include <cstdio>

int main() {
    const auto tool = haft::make<&greet>("Greets somebody");
    const haft::result<std::string> refused = tool.call(R"({"name":"x","times":4})");
    const haft::result<std::string> answer = tool.call(R"({"name":"x"})");
    const bool right = !refused && answer && *answer == R"("Hello x\n")";  // the result is JSON text
    std::puts(right ? "right" : "wrong");
}
