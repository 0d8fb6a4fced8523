// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0165]
// expect: this is no plugin; give a haft::plugin
// note: make_entry
#include <haft/plugin.hpp>

haft::plugin make() { return {.name = "made"}; }
#ifdef HAFT_REJECT
const haft::plugin_entry entry = haft::make_entry("made", [] { return &make; });
#else
const haft::plugin_entry entry = haft::make_entry("made", &make);
#endif
