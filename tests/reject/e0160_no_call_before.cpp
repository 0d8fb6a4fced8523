// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0160]
// expect: it takes a const haft::running_call&
// note: checked_before
#include <haft/run/call_runner.hpp>

void watch(haft::call_runner& runner) {
#ifdef HAFT_REJECT
    runner.before([](int) {});
#else
    runner.before([](const haft::running_call&) {});
#endif
}
