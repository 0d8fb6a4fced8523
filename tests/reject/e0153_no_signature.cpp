// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0153]
// expect: this is no hook point
// note: saved
#include <haft/hook.hpp>

struct saved {
    static constexpr std::string_view name = "saved";
#ifndef HAFT_REJECT
    using signature = void(int);
#endif
};
auto add(haft::hook_set& hooks) { return hooks.add<saved>([](int) {}); }
