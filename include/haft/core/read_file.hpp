// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_READ_FILE_HPP
#define HAFT_CORE_READ_FILE_HPP

/// A whole file as text, of a size that somebody has agreed to.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

namespace haft::inline v0 {

/// Reads a regular file. False if that can't be done, and then `why` says so: `it has 12 bytes; at most 9 are read`.
HAFT_COLD inline bool read_file(const std::filesystem::path& from, std::size_t max_bytes, std::string& to,
                                std::string& why) {
    std::error_code problem;
    if (!std::filesystem::exists(from, problem)) return why = "there is no such file", false;
    if (!std::filesystem::is_regular_file(from, problem)) return why = "this is no file", false;  // a device never ends
    std::ifstream in(from, std::ios::binary);
    if (!in) return why = "it can't be opened", false;
    to.clear();
    char piece[4096];
    while (in.read(piece, sizeof piece) || in.gcount() > 0) {  // it may grow while it is read
        to.append(piece, static_cast<std::size_t>(in.gcount()));
        if (to.size() <= max_bytes) continue;
        const std::uintmax_t size = std::filesystem::file_size(from, problem);
        why = problem || size <= max_bytes
                  ? concat({"it is too long; at most ", decimal(max_bytes), " bytes are read"})
                  : concat({"it has ", decimal(size), " bytes; at most ", decimal(max_bytes), " are read"});
        return false;
    }
    if (in.bad()) return why = "it can't be read", false;
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_CORE_READ_FILE_HPP
