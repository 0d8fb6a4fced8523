// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_UNIT_FAULTS_MEMORY_HPP
#define HAFT_TESTS_UNIT_FAULTS_MEMORY_HPP

/// How much memory something takes, by the operator new of this test program, and a thread with little stack.

#include <cstddef>
#include <functional>

namespace faults_test {

/// The most bytes that were held at once while `work` ran, beyond what was held before.
std::size_t most_memory_of(const std::function<void()>& work);

/// All bytes that were asked for while `work` ran, those given back too.
std::size_t all_memory_of(const std::function<void()>& work);

/// Runs `work` on a thread with that stack. What Catch2 checks must be checked after it has returned.
void on_small_stack(const std::function<void()>& work, std::size_t bytes = 256u << 10);

}  // namespace faults_test

#endif  // HAFT_TESTS_UNIT_FAULTS_MEMORY_HPP
