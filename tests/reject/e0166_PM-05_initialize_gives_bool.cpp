// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0166]
// expect: this member of a plugin class can't be used as it is
// note: "initialize"
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    bool initialize();
#else
    haft::result<void> initialize();
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
