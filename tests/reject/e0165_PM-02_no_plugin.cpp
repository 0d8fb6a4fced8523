// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0165]
// expect: this is no plugin; give a haft::plugin
// note: int
#include <haft/plugin.hpp>

#ifdef HAFT_REJECT
const haft::plugin_entry entry = haft::make_entry("seven", 7);
#else
const haft::plugin_entry entry = haft::make_entry("seven", haft::plugin{});
#endif
