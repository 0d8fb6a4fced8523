// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_ABSOLUTE_PATH_HPP
#define HAFT_HOST_ABSOLUTE_PATH_HPP

/// Where a program is that was started by some name. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

#include <unistd.h>

namespace haft::inline v0::host {

/// The absolute path of a program that was started as `argv0`, found as the shell finds it. The links on the way to its
/// folder are resolved, its own is not: what was installed as a link stays that link when it is replaced.
HAFT_COLD inline std::string absolute_path(std::string_view argv0) {
    const auto absolute = [](const std::string& path) {
        const std::size_t slash = path.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
        char* const real = ::realpath(folder.c_str(), nullptr);
        if (!real) return path;
        std::string out = real;
        std::free(real);
        if (out != "/") out += '/';
        return out.append(path, slash == std::string::npos ? 0 : slash + 1);
    };
    if (argv0.find('/') != std::string_view::npos) return absolute(std::string(argv0));
    const char* const variable = std::getenv("PATH");
    std::string_view folders = variable ? variable : "";
    while (!folders.empty()) {
        const std::string_view folder = folders.substr(0, folders.find(':'));
        folders.remove_prefix(folder.size() < folders.size() ? folder.size() + 1 : folder.size());
        std::string path(folder.empty() ? "." : folder);
        path.append("/").append(argv0);
        if (::access(path.c_str(), X_OK) == 0) return absolute(path);
    }
    return absolute(std::string(argv0));
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_ABSOLUTE_PATH_HPP
