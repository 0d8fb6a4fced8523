// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_PRIVATE_FOLDER_HPP
#define HAFT_OS_PRIVATE_FOLDER_HPP

/// A folder for what a program remembers of its user.

#include <haft/core/config.hpp>

#include <filesystem>
#include <system_error>

#include <sys/stat.h>

namespace haft::inline v0::detail {

/// Makes it, and all above it that is not there, for this user alone (XDG Base Directory Specification). What is there stays as it is;
/// whether that did it one sees when one writes there.
HAFT_COLD inline void make_private_folder(const std::filesystem::path& folder) {
    std::error_code problem;
    if (folder.empty() || std::filesystem::is_directory(folder, problem)) return;
    if (folder != folder.parent_path()) make_private_folder(folder.parent_path());
    ::mkdir(folder.c_str(), 0700);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_OS_PRIVATE_FOLDER_HPP
