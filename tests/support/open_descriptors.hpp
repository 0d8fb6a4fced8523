// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_OPEN_DESCRIPTORS_HPP
#define HAFT_TESTS_SUPPORT_OPEN_DESCRIPTORS_HPP

/// How many descriptors this process has open.

#include <cstddef>
#include <filesystem>

namespace haft_test {

inline std::size_t open_descriptors() {
    std::size_t n = 0;
    for ([[maybe_unused]] const auto& one : std::filesystem::directory_iterator("/proc/self/fd")) ++n;
    return n;
}

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_OPEN_DESCRIPTORS_HPP
