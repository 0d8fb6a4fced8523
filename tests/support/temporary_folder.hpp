// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_TEMPORARY_FOLDER_HPP
#define HAFT_TESTS_SUPPORT_TEMPORARY_FOLDER_HPP

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace haft_test {

/// A folder of this test's own, gone with it.
struct temporary_folder {
    std::filesystem::path path;

    temporary_folder() {
        std::string name =
            (std::filesystem::canonical(std::filesystem::temp_directory_path()) / "haft-XXXXXX").string();
        path = ::mkdtemp(name.data()) ? name : "";
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() {
        std::error_code ignored;
        for (std::filesystem::recursive_directory_iterator at(path, ignored), end; !ignored && at != end;
             at.increment(ignored))
            if (at->is_directory(ignored) && !at->is_symlink(ignored))
                std::filesystem::permissions(at->path(), std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(path, ignored);
    }

    /// Writes a file, and makes the folders above it.
    std::filesystem::path file(const std::string& name, std::string_view text) const {
        const std::filesystem::path at = path / name;
        std::filesystem::create_directories(at.parent_path());
        std::ofstream(at, std::ios::binary) << text;
        return at;
    }
    /// A program of /bin/sh.
    std::filesystem::path script(const std::string& name, std::string_view lines) const {
        const std::filesystem::path at = file(name, "#!/bin/sh\n" + std::string(lines));
        std::filesystem::permissions(at, std::filesystem::perms::owner_all);
        return at;
    }
    std::filesystem::path folder(const std::string& name) const {
        std::filesystem::create_directories(path / name);
        return path / name;
    }
};

inline std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_TEMPORARY_FOLDER_HPP
