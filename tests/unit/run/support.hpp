// SPDX-License-Identifier: BSL-1.0
// What the tests of run/ share: tools of every behaviour, and a gate that a test opens.
#ifndef HAFT_TESTS_UNIT_RUN_SUPPORT_HPP
#define HAFT_TESTS_UNIT_RUN_SUPPORT_HPP

#include <haft/run/call_runner.hpp>
#include <haft/run/pause.hpp>
#include <haft/tool.hpp>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace run_test {

/// Counts, and lets wait for a count. No sleeping.
class counter {
public:
    void add() {
        const std::lock_guard guard(mutex_);
        ++n_;
        changed_.notify_all();
    }
    void wait_for(int n) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return n_ >= n; });
    }
    int value() {
        const std::lock_guard guard(mutex_);
        return n_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int n_ = 0;
};

struct text_args {
    std::string text;
};
struct no_args {};

inline haft::tool_call call(std::string name, std::string arguments = "{}", std::string id = {}) {
    return {std::move(id), std::move(name), std::move(arguments)};
}

inline std::vector<std::string> texts(const haft::batch_result& of) {
    std::vector<std::string> out;
    for (const haft::tool_answer& a : of.answers) out.push_back(a.text);
    return out;
}

/// echo, fails (throws), fails_oddly (throws an int), pauses, says_pause, nothing.
inline haft::toolset behaviours() {
    haft::toolset out;
    out.add("echo", {.description = "Says it again", .hints = haft::thread_safe},
            [](const text_args& a) { return a.text; });
    out.add("fails", {.description = "Throws", .hints = haft::thread_safe},
            [](const no_args&) -> int { throw std::runtime_error("broken"); });
    out.add("fails_oddly", {.description = "Throws an int", .hints = haft::thread_safe},
            [](const no_args&) -> int { throw 7; });
    out.add("pauses", {.description = "Waits", .hints = haft::thread_safe},
            [](const no_args&) -> int { throw haft::call_paused("waits for Anna"); });
    out.add("says_pause", {.description = "Waits", .hints = haft::thread_safe},
            [](const no_args&) -> haft::result<int> { return haft::paused("waits for Bob"); });
    out.add("nothing", {.description = "Gives nothing", .hints = haft::thread_safe}, [](const no_args&) {});
    return out;
}

}  // namespace run_test

#endif  // HAFT_TESTS_UNIT_RUN_SUPPORT_HPP
