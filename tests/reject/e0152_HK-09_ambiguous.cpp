// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0152]
// expect: a parameter of this hook could be any of several of that type
// note: session_start
// note: parameter_of_hook<1
#include <haft/hook.hpp>

auto add(haft::hook_set& hooks) {
#ifdef HAFT_REJECT
    return hooks.add<haft::session_start>([](const std::string&) {});
#else
    return hooks.add<haft::session_start>([](haft::arg<"workspace", std::string>) {});
#endif
}
