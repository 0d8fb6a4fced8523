// SPDX-License-Identifier: BSL-1.0
// A program of the light part alone, for what is to be shown often and cheaply.
#include <haft/tool.hpp>

#include "greet.hpp"

#include <cstdio>

int main() {
    const haft::result<std::string> answer = haft::make<&greet>("Greets somebody").call(R"({"name":"Ada"})");
    std::puts(answer ? answer->c_str() : answer.error().text().c_str());
}
