// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0168]
// expect: a plugin's name has 1 to 64 of
// note: HAFT_PLUGIN
#include <haft/plugin.hpp>

struct weather {};
#ifdef HAFT_REJECT
HAFT_PLUGIN("weather", weather);
#else
HAFT_PLUGIN(weather, weather);
#endif
