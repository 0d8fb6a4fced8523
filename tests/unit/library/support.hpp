// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_LIBRARY_SUPPORT_HPP
#define HAFT_TESTS_LIBRARY_SUPPORT_HPP

// Shared libraries of tests/plugin, and what may become of their files.
#include "support/temporary_folder.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace library_test {

using haft_test::temporary_folder;
using haft_test::text_of;

/// One of those that CMake builds: `sample`.
inline std::filesystem::path built(const std::string& name) {
    return std::filesystem::path(HAFT_TEST_LIBRARIES) / (name + ".so");
}

/// Where the descriptor of the note stands in the bytes of a library.
inline std::size_t note_of(const std::string& bytes) {
    const std::size_t at = bytes.find(std::string("\1\0\0\0haft\0\0\0\0", 12));
    if (at == std::string::npos) throw std::runtime_error("there is no note");
    return at + 12;
}
/// With another version of the border in its note.
inline std::string with_version(std::string bytes, std::uint32_t major, std::uint32_t minor) {
    std::memcpy(&bytes[note_of(bytes)], &major, 4);
    std::memcpy(&bytes[note_of(bytes) + 4], &minor, 4);
    return bytes;
}

}  // namespace library_test

#endif  // HAFT_TESTS_LIBRARY_SUPPORT_HPP
