// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0151]
// expect: a hook of this point can't return that
// note: session_start
// note: result_of_hook<int>
#include <haft/hook.hpp>

auto add(haft::hook_set& hooks) {
#ifdef HAFT_REJECT
    return hooks.add<haft::session_start>([] { return 1; });
#else
    return hooks.add<haft::session_start>([] { return haft::say("hello"); });
#endif
}
