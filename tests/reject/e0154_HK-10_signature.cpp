// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0154]
// expect: on_error(const std::string& tool, const haft::error&)
// note: "on_error"
#include <haft/hook.hpp>

struct plugin {
#ifdef HAFT_REJECT
    void on_error(const haft::error&) {}
#else
    void on_error(const std::string&, const haft::error&) {}
#endif
};
std::vector<haft::part> parts() { return haft::hooks_of(std::make_shared<plugin>()); }
