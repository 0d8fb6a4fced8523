// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0168]
// expect: this text of a plugin's manifest makes no sense there
// note: "newest"
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    static constexpr haft::manifest manifest{.version = "newest"};
#else
    static constexpr haft::manifest manifest{.version = "1.0"};
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
