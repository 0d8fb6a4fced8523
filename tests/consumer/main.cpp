// SPDX-License-Identifier: BSL-1.0
#include <haft/haft.hpp>

#include "greet.hpp"

int main(int argc, char** argv) {
    haft::toolset tools{haft::make<&greet>("Greets somebody")};
    return haft::run(tools, argc, argv);
}
