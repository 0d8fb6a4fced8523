// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0152]
// expect: nothing at this point provides that parameter of the hook
// note: "workspaces"
#include <haft/hook.hpp>

auto add(haft::hook_set& hooks) {
#ifdef HAFT_REJECT
    return hooks.add<haft::session_start>([](haft::arg<"workspaces", std::string>) {});
#else
    return hooks.add<haft::session_start>([](haft::arg<"workspace", std::string>) {});
#endif
}
