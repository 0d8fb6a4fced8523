// SPDX-License-Identifier: BSL-1.0
// A second file of the program, with the same tool.
#include <haft/haft.hpp>

#include "../greet.hpp"

haft::toolset second_set() { return haft::toolset{haft::make<&greet>("Greets somebody")}; }
