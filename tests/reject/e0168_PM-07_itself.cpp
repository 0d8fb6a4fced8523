// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0168]
// expect: this text of a plugin's manifest makes no sense there
// note: "Weather >=1"
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    static constexpr haft::manifest manifest{.name = "weather", .plugin_deps = {"Weather >=1"}};
#else
    static constexpr haft::manifest manifest{.name = "weather", .plugin_deps = {"clouds >=1"}};
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
