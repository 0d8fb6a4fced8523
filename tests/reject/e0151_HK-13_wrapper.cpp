// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0151]
// note: session_start
#include <haft/hook.hpp>

auto add(haft::hook_set& hooks) {
    return hooks.add<haft::session_start>([](haft::next_hooks<haft::session_start>& next) {
        haft::hook_reply all = next();
#ifdef HAFT_REJECT
        return all.messages;
#else
        return all;
#endif
    });
}
