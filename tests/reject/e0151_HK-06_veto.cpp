// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0151]
// note: session_start
// note: veto
#include <haft/hook.hpp>

auto add(haft::hook_set& hooks) {
#ifdef HAFT_REJECT
    return hooks.add<haft::session_start>([] { return haft::veto("no"); });
#else
    return hooks.add<haft::tool_pre_execute>([] { return haft::veto("no"); });
#endif
}
