// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0153]
// expect: a historic point can't have wrappers
// note: startup
#include <haft/hook.hpp>

auto add(haft::hook_set& hooks) {
#ifdef HAFT_REJECT
    return hooks.add<haft::startup>([](haft::next_hooks<haft::startup>& next) { next(); });
#else
    return hooks.add<haft::startup>([] {});
#endif
}
