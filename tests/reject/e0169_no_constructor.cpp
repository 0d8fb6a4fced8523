// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0169]
// expect: this is no plugin class
// note: weather
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    explicit weather(int);
#else
    weather();
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
