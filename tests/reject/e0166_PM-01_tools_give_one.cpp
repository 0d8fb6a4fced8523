// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0166]
// expect: this member of a plugin class can't be used as it is
// note: "tools"
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    haft::tool tools();
#else
    haft::toolset tools();
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
