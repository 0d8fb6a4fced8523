// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0168]
// expect: this text of a plugin's manifest makes no sense there
// note: "the weather"
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    static constexpr haft::manifest manifest{.name = "the weather"};
#else
    static constexpr haft::manifest manifest{.name = "weather"};
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
