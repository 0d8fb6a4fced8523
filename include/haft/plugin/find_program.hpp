// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_FIND_PROGRAM_HPP
#define HAFT_PLUGIN_FIND_PROGRAM_HPP

/// Whether the programs and shared libraries are there that a plugin wants. [PM-12]

#include <haft/core/config.hpp>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace haft::inline v0 {

struct found_program {
    std::string path;
    std::string version = {};  ///< "": nobody knows
};

/// Looks for a program or a shared library. Called on the thread that loads plugins.
using program_finder = std::function<std::optional<found_program>(std::string_view name)>;

namespace detail {

inline bool is_program(const std::filesystem::path& file) {
    namespace fs = std::filesystem;
    std::error_code problem;
    const fs::file_status status = fs::status(file, problem);
    return !problem && fs::is_regular_file(status) &&
           (status.permissions() & (fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec)) !=
               fs::perms::none;
}

/// The first of some directories, with colons between them, in which a file lies.
template <class Is>
std::optional<found_program> find_in(std::string_view directories, std::string_view name, Is is) {
    while (!directories.empty()) {
        const std::size_t end = directories.find(':');
        const std::filesystem::path file = std::filesystem::path(directories.substr(0, end)) / name;
        if (end != 0 && is(file)) return found_program{file.string()};
        directories.remove_prefix(end == std::string_view::npos ? directories.size() : end + 1);
    }
    return {};
}

}  // namespace detail

/// A program in the directories of `path` (as the variable PATH has them; empty ones, which mean the working directory,
/// count for nothing). It is not run, so its version stays unknown. A name with a `/` is none.
HAFT_COLD inline std::optional<found_program> find_program_in(std::string_view path, std::string_view name) {
    if (name.empty() || name.find('/') != std::string_view::npos) return {};
    return detail::find_in(path, name, detail::is_program);
}

/// A shared library where the dynamic linker looks first: `libfoo.so.1`. `path` is as the variable LD_LIBRARY_PATH.
HAFT_COLD inline std::optional<found_program> find_library_in(std::string_view path, std::string_view name) {
    namespace fs = std::filesystem;
    if (name.empty() || name.find('/') != std::string_view::npos) return {};
    const auto is_file = [](const fs::path& file) {
        std::error_code problem;
        return fs::is_regular_file(file, problem);
    };
    if (auto found = detail::find_in(path, name, is_file)) return found;
    constexpr std::string_view usual = "/usr/local/lib:/lib64:/usr/lib64:/lib:/usr/lib";
    if (auto found = detail::find_in(usual, name, is_file)) return found;
    for (const char* const root : {"/lib", "/usr/lib"}) {  // Debian's: /usr/lib/x86_64-linux-gnu
        std::error_code problem;
        for (fs::directory_iterator at(root, problem), end; !problem && at != end; at.increment(problem))
            if (at->path().filename().string().find("-linux-") != std::string::npos && is_file(at->path() / name))
                return found_program{(at->path() / name).string()};
    }
    return {};
}

/// What a loader uses if it is given nothing else: the process's own variables.
HAFT_COLD inline std::optional<found_program> find_program(std::string_view name) {
    const auto variable = [](const char* key) {
        const char* const value = std::getenv(key);
        return value ? std::string_view(value) : std::string_view();
    };
    if (name.find(".so") != std::string_view::npos) return find_library_in(variable("LD_LIBRARY_PATH"), name);
    return find_program_in(variable("PATH"), name);
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_FIND_PROGRAM_HPP
