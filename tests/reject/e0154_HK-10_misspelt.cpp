// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0154]
// expect: no hook has the name of that method
// note: method_named<
// note: "on_turn_pre"
#include <haft/hook.hpp>

struct plugin {
#ifdef HAFT_REJECT
    void on_turn_pre(const std::string&) {}
#else
    void on_pre_turn(const std::string&) {}
#endif
};
std::vector<haft::part> parts() { return haft::hooks_of(std::make_shared<plugin>()); }
