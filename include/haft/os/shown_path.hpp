// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_SHOWN_PATH_HPP
#define HAFT_OS_SHOWN_PATH_HPP

/// Paths in messages. Whoever made a project named its files, and a name may hold what moves a terminal's cursor.

#include <haft/core/config.hpp>
#include <haft/core/visible.hpp>

#include <filesystem>
#include <string>

namespace haft::inline v0::detail {

/// On one line, and without what nobody sees.
HAFT_COLD inline std::string shown(const std::filesystem::path& path) {
    return without_hidden(path.string(), line_breaks::none, 4096);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_OS_SHOWN_PATH_HPP
