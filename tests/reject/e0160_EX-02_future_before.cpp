// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0160]
// expect: a coroutine or a future would not be waited for
// note: checked_before
#include <haft/run/call_runner.hpp>

#include <future>

void watch(haft::call_runner& runner) {
#ifdef HAFT_REJECT
    runner.before([](const haft::running_call&) -> std::future<haft::call_verdict> { return {}; });
#else
    runner.before([](const haft::running_call&) -> haft::call_verdict { return {}; });
#endif
}
