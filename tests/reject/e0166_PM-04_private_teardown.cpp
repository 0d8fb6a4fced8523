// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0166]
// expect: this member of a plugin class can't be used as it is
// note: "teardown"
#include <haft/plugin.hpp>

class weather {
#ifndef HAFT_REJECT
public:
#endif
    void teardown() {}
};
haft::plugin made() { return haft::make_plugin<weather>(); }
