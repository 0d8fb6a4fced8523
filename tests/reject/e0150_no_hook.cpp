// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0150]
// expect: this is no hook of that point
// note: session_start
#include <haft/hook.hpp>

struct greeter {
    void greet(const haft::session_start::data&) {}
};
auto add(haft::hook_set& hooks, greeter& g) {
#ifdef HAFT_REJECT
    static_cast<void>(g);
    return hooks.add<haft::session_start>(&greeter::greet);
#else
    return hooks.add<haft::session_start>([&g](const haft::session_start::data& data) { g.greet(data); });
#endif
}
