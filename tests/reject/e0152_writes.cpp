// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0152]
// expect: a hook can't write to what all hooks of a point share
// note: tool_pre_execute
#include <haft/hook.hpp>

haft::part part() {
#ifdef HAFT_REJECT
    return haft::hook_part<haft::tool_pre_execute>("days", [](haft::tool_call& call) { call.arguments = "{}"; });
#else
    return haft::hook_part<haft::tool_pre_execute>("days", [] { return haft::replace_arguments("{}"); });
#endif
}
