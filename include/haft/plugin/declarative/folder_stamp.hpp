// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_DECLARATIVE_FOLDER_STAMP_HPP
#define HAFT_PLUGIN_DECLARATIVE_FOLDER_STAMP_HPP

/// What tells whether the files of a folder have changed: plugin_entry::stamp. [NX-14]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace haft::inline v0 {

/// The names, sizes and times of all that lies in a folder, at most so many entries; links are followed to what they lead to, but not
/// into folders. Two that are equal say that nobody has changed anything, as far as the system's clock tells.
HAFT_COLD inline std::string folder_stamp(const std::filesystem::path& folder, std::size_t most_entries) {
    std::vector<std::string> lines;
    std::error_code problem;
    for (std::filesystem::recursive_directory_iterator at(folder, problem), end; !problem && at != end;
         at.increment(problem)) {
        if (lines.size() > most_entries) break;
        std::error_code none;
        const auto size = at->is_regular_file(none) ? at->file_size(none) : 0;
        const auto time = static_cast<long long>(at->last_write_time(none).time_since_epoch().count());
        lines.push_back(concat({at->path().string(), " ", decimal(size), " ", std::to_string(time), "\n"}));
    }
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& line : lines) out += line;
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_DECLARATIVE_FOLDER_STAMP_HPP
