// SPDX-License-Identifier: BSL-1.0
// A unit that is compiled without exceptions.
#include <haft/tool.hpp>

int quiet() { return 1; }
haft::tool quiet_tool() { return haft::make<&quiet>("Throws nothing"); }
