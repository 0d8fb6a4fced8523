// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0167]
// expect: set_surroundings
// note: "set_workspace_path"
#include <haft/plugin.hpp>

class weather {
public:
#ifdef HAFT_REJECT
    void set_workspace_path(const std::string& folder);
#else
    void set_surroundings(const haft::plugin_surroundings& s);
#endif
};
haft::plugin made() { return haft::make_plugin<weather>(); }
