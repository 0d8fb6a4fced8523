// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0150]
// note: session_start
#include <haft/hook.hpp>

auto add(haft::hook_set& hooks) {
#ifdef HAFT_REJECT
    return hooks.add<haft::session_start>([](const auto&, const auto&) {});
#else
    return hooks.add<haft::session_start>([](const auto&) {});
#endif
}
