// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0153]
// expect: a historic point keeps its arguments
// note: remembered
#include <haft/hook.hpp>

struct remembered {
    static constexpr std::string_view name = "remembered";
    static constexpr bool historic = true;
#ifdef HAFT_REJECT
    using signature = void(const char*);
#else
    using signature = void(std::string_view);
#endif
};
bool idle(haft::hook_set& hooks) { return hooks.at<remembered>().empty(); }
