// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0167]
// expect: nobody uses this member of a plugin class
// note: "tear_down"
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    void tear_down();
#else
    void teardown();
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
