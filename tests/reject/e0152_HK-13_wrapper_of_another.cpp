// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0152]
// expect: a wrapper is around the hooks of its own point
// note: session_start
// note: session_end
#include <haft/hook.hpp>

auto add(haft::hook_set& hooks) {
#ifdef HAFT_REJECT
    return hooks.add<haft::session_start>([](haft::next_hooks<haft::session_end>& next) { next(); });
#else
    return hooks.add<haft::session_start>([](haft::next_hooks<haft::session_start>& next) { next(); });
#endif
}
