// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0166]
// expect: this member of a plugin class can't be used as it is
// note: "setup"
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    void setup(int retries);
#else
    void setup(const std::string& config);
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
