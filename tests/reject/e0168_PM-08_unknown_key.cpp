// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0168]
// expect: this text of a plugin's manifest makes no sense there
// note: "api_kye"
#include <haft/plugin.hpp>

class weather {
public:
    struct config {
        std::string api_key = "none";
    };
    void setup(const config&);
#ifdef HAFT_REJECT
    static constexpr haft::manifest manifest{.required_config = {"api_kye"}};
#else
    static constexpr haft::manifest manifest{.required_config = {"api_key"}};
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
