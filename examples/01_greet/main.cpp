// SPDX-License-Identifier: BSL-1.0
// The least that there is, ten lines: one function, one of its parameters with a default, and a program that lists, calls and serves it.
#include <haft/haft.hpp>

struct greeting { std::string name, word = "Hello"; };
std::string greet(const greeting& g) { return g.word + ", " + g.name + "!"; }

int main(int argc, char** argv) {
    return haft::run(haft::toolset{haft::make<&greet>("Greet somebody")}, argc, argv);
}
