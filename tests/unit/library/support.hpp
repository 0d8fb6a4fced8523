// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_LIBRARY_SUPPORT_HPP
#define HAFT_TESTS_LIBRARY_SUPPORT_HPP

// Shared libraries of tests/plugin, and what may become of their files.
#include <haft/plugin/library/library_plugin.hpp>
#include <haft/plugin/plugin_loader.hpp>
#include <haft/registry.hpp>

#include "support/temporary_folder.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dlfcn.h>

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

inline bool has(std::string_view text, std::string_view piece) { return text.find(piece) != text.npos; }

/// Whether the dynamic linker has loaded that file.
inline bool in_memory(const std::filesystem::path& file) {
    void* const known = ::dlopen(file.c_str(), RTLD_LAZY | RTLD_NOLOAD);
    return known && ::dlclose(known) == 0;
}

/// What was told, line by line.
struct told {
    std::mutex mutex;
    std::vector<std::string> lines;

    haft::logger log() {
        return haft::logger(
            [this](haft::log_level level, std::string_view channel, std::string_view message) {
                const std::lock_guard guard(mutex);
                lines.push_back(std::string(name_of(level)) + " " + std::string(channel) + " " + std::string(message));
            },
            {.least = haft::log_level::debug});
    }
    std::string text() {
        const std::lock_guard guard(mutex);
        std::string out;
        for (const std::string& one : lines) out += one + "\n";
        return out;
    }
};

/// A registry with a loader for it, and copies of libraries: two of one file would be one to the dynamic linker.
struct host {
    temporary_folder folder;
    told log;
    haft::registry registry;
    haft::plugin_loader loader{registry};
    haft::library_options options{.log = log.log()};

    std::filesystem::path copy(const std::string& name, const std::string& as = {}) {
        std::filesystem::path to = folder.file((as.empty() ? name : as) + ".so", text_of(built(name)));
        std::filesystem::permissions(to, std::filesystem::perms(0755));
        return to;
    }
    /// Loads a copy; the problem, or "".
    std::string load(const std::string& name, const std::string& config = {}) {
        haft::result<haft::plugin_entry> entry = haft::library_entry(copy(name), options);
        if (!entry) return entry.error().text();
        if (config.empty()) loader.add(std::move(*entry));
        else loader.add(std::move(*entry), config);
        return try_again();
    }
    std::string try_again() {
        const haft::load_report report = loader.load();
        return report.failed.empty() ? "" : report.failed[0].text();
    }
    /// The result of a tool, or its error.
    std::string call(std::string_view tool, std::string_view arguments = "{}",
                     const haft::call_options& how = {}) const {
        const haft::result<std::string> out = registry.call(tool, arguments, how);
        return out ? *out : out.error().text();
    }
};

/// For a library that looks at it when it is loaded.
struct odd {
    explicit odd(const char* how) { ::setenv("HAFT_TEST_ODD", how, 1); }
    odd(const odd&) = delete;
    odd& operator=(const odd&) = delete;
    ~odd() { ::unsetenv("HAFT_TEST_ODD"); }
};

}  // namespace library_test

#endif  // HAFT_TESTS_LIBRARY_SUPPORT_HPP
