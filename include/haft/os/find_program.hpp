// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_FIND_PROGRAM_HPP
#define HAFT_OS_FIND_PROGRAM_HPP

/// From the name of a program to its file.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>

#include <unistd.h>

namespace haft::inline v0 {

/// How a host looks programs up; the error says where it looked.
using program_lookup = std::function<result<std::filesystem::path>(std::string_view name)>;

namespace detail {

enum class program_state : unsigned char { runs, absent, no_file, not_executable };

HAFT_COLD inline program_state state_of_program(const std::filesystem::path& file) {
    std::error_code problem;
    if (!std::filesystem::exists(file, problem)) return program_state::absent;
    if (!std::filesystem::is_regular_file(file, problem)) return program_state::no_file;
    return ::access(file.c_str(), X_OK) == 0 ? program_state::runs : program_state::not_executable;
}

}  // namespace detail

/// The file of a program, an absolute path. A name with a `/` is a path, relative ones seen from `base` (the current folder where
/// that is empty); any other is looked for in the folders of `path`, which has the form of $PATH. Of these the relative and
/// the empty ones are left out: what happens to lie in the working folder must not be run for a system's program. An error
/// (E0440) says where it looked, and what lay there that can't be run.
HAFT_COLD inline result<std::filesystem::path> find_program(std::string_view name, std::string_view path,
                                                            const std::filesystem::path& base = {}) {
    namespace fs = std::filesystem;
    using detail::program_state;
    if (name.empty() || name.find('\0') != name.npos)
        return error{errc::unknown_program, concat({"no program can be named ", in_quotes(name)})};
    if (name.find('/') != name.npos) {
        const fs::path given{std::string(name)};
        const fs::path file =
            (given.is_absolute() ? given : fs::absolute(base.empty() ? given : base / given)).lexically_normal();
        const program_state state = detail::state_of_program(file);
        if (state == program_state::runs) return file;
        return error{errc::unknown_program,
                     concat({"program ", in_quotes(name), " can't be run: ",
                             state == program_state::absent    ? "there is no file "
                             : state == program_state::no_file ? "this is no file: "
                                                               : "this file is not executable (chmod +x): ",
                             file.string()})};
    }
    std::string searched, unfit;
    for (std::string_view rest = path; !rest.empty();) {
        const std::size_t end = rest.find(':');
        const std::string_view folder = rest.substr(0, end);
        rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
        if (!folder.starts_with('/')) continue;
        const fs::path file = fs::path(std::string(folder)) / std::string(name);
        const program_state state = detail::state_of_program(file);
        if (state == program_state::runs) return file;
        append_all(searched, {searched.empty() ? "" : ", ", folder});
        if (state == program_state::not_executable && unfit.empty())
            unfit = concat({"; ", file.string(), " is not executable"});
    }
    if (searched.empty())
        return error{errc::unknown_program, concat({"program ", in_quotes(name), " was not found: the search path ",
                                                    in_quotes(path), " has no absolute folder"})};
    return error{errc::unknown_program,
                 concat({"program ", in_quotes(name), " was not found; searched in ", searched, unfit})};
}

}  // namespace haft::inline v0

#endif  // HAFT_OS_FIND_PROGRAM_HPP
