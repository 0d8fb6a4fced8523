// SPDX-License-Identifier: BSL-1.0
// A program whose tools end it, each in its own way: what can't be contained in the process of a host. [fault-68] [fault-69]
#include <haft/haft.hpp>

#include <csignal>
#include <cstdlib>
#include <string>

#include <unistd.h>

namespace {

volatile bool goes_on = true;
int deep(int n) {
    volatile char block[4096];
    block[0] = static_cast<char>(n);
    return goes_on ? deep(n + 1) + block[0] : 0;
}

int exhausts_the_stack() { return deep(0); }
int aborts() { std::abort(); }
int exits() { std::exit(0); }
int exits_at_once() { ::_exit(7); }
int raises() { return std::raise(SIGUSR1); }
std::string fine() { return "fine"; }

}  // namespace

int main(int argc, char** argv) {
    const haft::toolset tools{haft::make<&exhausts_the_stack>(""), haft::make<&aborts>(""), haft::make<&exits>(""),
                              haft::make<&exits_at_once>(""),      haft::make<&raises>(""), haft::make<&fine>("")};
    return haft::run(tools, argc, argv);
}
