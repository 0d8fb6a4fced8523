// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0153]
// expect: a historic point can't have first_result
// note: remembered
#include <haft/hook.hpp>

struct remembered {
    static constexpr std::string_view name = "remembered";
    static constexpr bool historic = true;
#ifdef HAFT_REJECT
    static constexpr bool first_result = true;
#endif
    using signature = int(int);
};
bool idle(haft::hook_set& hooks) { return hooks.at<remembered>().empty(); }
