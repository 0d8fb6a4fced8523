// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0167]
// expect: nobody uses this member of a plugin class
// note: "setUp"
#include <haft/plugin.hpp>

class weather {
#ifdef HAFT_REJECT
    void setUp();
#else
    void set_wind();
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
