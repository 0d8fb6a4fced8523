// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0166]
// expect: this member of a plugin class can't be used as it is
// note: "set_surroundings"
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    void set_surroundings(haft::registry& r);
#else
    void set_surroundings(const haft::plugin_surroundings& s);
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
