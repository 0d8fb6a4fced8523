// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0154]
// expect: that method has the name of a hook but can't be called as one
// note: "on_startup"
#include <haft/hook.hpp>

class plugin {
#ifndef HAFT_REJECT
public:
#endif
    void on_startup() {}
};
std::vector<haft::part> parts() { return haft::hooks_of(std::make_shared<plugin>()); }
