// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0160]
// expect: what is called after a call gives nothing
// note: checked_after
#include <haft/run/call_runner.hpp>

void watch(haft::call_runner& runner) {
#ifdef HAFT_REJECT
    runner.after([](const haft::running_call&, const haft::call_outcome&) { return 1; });
#else
    runner.after([](const haft::running_call&, const haft::call_outcome&) {});
#endif
}
