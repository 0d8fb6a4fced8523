// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0110]
// expect: this is no tool
// note: toolset
#include <haft/toolbox.hpp>

int add() { return 1; }
#ifdef HAFT_REJECT
const haft::toolset tools{haft::make<&add>("Adds"), "not a tool"};
#else
const haft::toolset tools{haft::make<&add>("Adds"), haft::toolset{}};
#endif
