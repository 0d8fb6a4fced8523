// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0165]
// expect: this is no plugin; give a haft::plugin
// note: greeting
#include <haft/plugin.hpp>

#ifdef HAFT_REJECT
std::string greeting = "hello";
#else
haft::plugin greeting{.name = "greeting"};
#endif
HAFT_PLUGIN(greeting, greeting);
