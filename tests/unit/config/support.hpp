// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_UNIT_CONFIG_SUPPORT_HPP
#define HAFT_UNIT_CONFIG_SUPPORT_HPP

/// What tests of configurations share: a folder of real files, and the text of an error.

#include <haft/core/result.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include <stdlib.h>

namespace haft_test {

template <class T>
std::string error_of(const haft::result<T>& r) {
    return r ? "(no error)" : r.error().text();
}

/// A new folder that goes with the object.
class folder {
public:
    folder() {
        std::string name = (std::filesystem::temp_directory_path() / "haft-config-XXXXXX").string();
        if (::mkdtemp(name.data())) path_ = std::filesystem::canonical(name);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const noexcept { return path_; }
    std::filesystem::path write(std::string_view name, std::string_view text) const {
        const std::filesystem::path file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }

private:
    std::filesystem::path path_;
};

}  // namespace haft_test

#endif  // HAFT_UNIT_CONFIG_SUPPORT_HPP
