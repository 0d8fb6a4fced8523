// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0166]
// expect: has a struct `config` that nobody is given
// note: weather
#include <haft/plugin.hpp>

class weather {
public:
    struct config {
        std::string api_key;
    };
#ifdef HAFT_REJECT
    void setup();
#else
    void setup(const config&);
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
