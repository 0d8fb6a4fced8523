// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_GATE_HPP
#define HAFT_TESTS_SUPPORT_GATE_HPP

/// A tool that takes its time, and what it and its test tell each other.

#include <haft/tool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

namespace haft_test {

struct gate {
    std::atomic<bool> open{false};
    std::atomic<int> inside{0}, stopped{0};

    /// Of a tool: until the gate is open, or somebody asks it to stop.
    void wait(const haft::call_context& context) {
        ++inside;
        while (!open && !context.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        if (context.stop_requested()) ++stopped;
    }
    /// Of a test.
    void wait_for(const std::atomic<int>& what, int number) const {
        for (int i = 0; i < 3000 && what < number; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        CHECK(what >= number);
    }
};

/// `wait`, which tells a step before it waits if it is to.
inline void add_wait(haft::toolset& to, const std::shared_ptr<gate>& at, bool tells = false) {
    to.add("wait", "Waits", [at, tells](haft::call_context& context) {
        if (tells) context.progress(1, 2);
        at->wait(context);
        return std::string("waited");
    });
}

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_GATE_HPP
