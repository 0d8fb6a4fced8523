// SPDX-License-Identifier: BSL-1.0
// Services on NATS are to be had by a component. Nobody is asked: the address is none.
#include <haft/remote/nats_bus.hpp>

#include <cstdio>

int main(int argc, char** argv) {
    const auto bus = haft::remote::nats_bus::open({.bus = {.url = argc > 1 ? argv[1] : ""}});
    std::puts(bus ? "there" : haft::code_text(bus.error().code).c_str());
}
