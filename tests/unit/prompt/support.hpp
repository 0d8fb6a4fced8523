// SPDX-License-Identifier: BSL-1.0
// What the tests of prompt/ have in common: a folder of files that is gone afterwards.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace prompt_test {

class temporary_folder {
public:
    temporary_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "haft_prompt_XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() { std::filesystem::remove_all(path_); }

    const std::filesystem::path& path() const { return path_; }
    std::string file(std::string_view name, std::string_view text) const {
        const std::filesystem::path at = path_ / name;
        std::filesystem::create_directories(at.parent_path());
        std::ofstream(at, std::ios::binary) << text;
        return at.string();
    }

private:
    std::filesystem::path path_;
};

/// Makes a folder the current one for as long as it lasts.
class current_folder {
public:
    explicit current_folder(const std::filesystem::path& to) : before_(std::filesystem::current_path()) {
        std::filesystem::current_path(to);
    }
    current_folder(const current_folder&) = delete;
    current_folder& operator=(const current_folder&) = delete;
    ~current_folder() { std::filesystem::current_path(before_); }

private:
    std::filesystem::path before_;
};

}  // namespace prompt_test
