// SPDX-License-Identifier: BSL-1.0
// A unit with exceptions in a program with one that has none: what a tool throws ends at the tool, in either order of units.
#include <haft/tool.hpp>

#include <cstdio>
#include <stdexcept>
#include <string>

haft::tool quiet_tool();
int loud() { throw std::runtime_error("boom"); }

int main() {
    const auto answer = haft::make<&loud>("Throws").call("{}");
    std::printf("%s, %s\n", quiet_tool().call("{}")->c_str(), answer ? "nothing" : answer.error().message.c_str());
}
