// SPDX-License-Identifier: BSL-1.0
#include <haft/tool.hpp>

#include <cstdio>
#include <string>

struct greeting {
    std::string name;
    int times = 1;
};
std::string greet(const greeting& g) { return "Hello " + g.name; }

int main() {
    const auto answer = haft::make<&greet>("Greets somebody").call(R"({"name":"Ada"})");
    std::puts(answer ? answer->c_str() : answer.error().text().c_str());
    return answer ? 0 : 1;
}
