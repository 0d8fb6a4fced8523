// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0152]
// expect: nothing at this point provides that parameter of the hook
// note: session_start
// note: parameter_of_hook<2
// note: tool_call
#include <haft/hook.hpp>

auto add(haft::hook_set& hooks) {
#ifdef HAFT_REJECT
    return hooks.add<haft::session_start>([](const haft::session_start::data&, const haft::tool_call&) {});
#else
    return hooks.add<haft::tool_pre_execute>([](const haft::tool_pre_execute::data&, const haft::tool_call&) {});
#endif
}
