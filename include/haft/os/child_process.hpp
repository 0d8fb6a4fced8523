// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_OS_CHILD_PROCESS_HPP
#define HAFT_OS_CHILD_PROCESS_HPP

/// Runs a program to its end: arguments as they are and never a shell, a text for its standard input, what it writes, and a limit
/// to everything.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/os/running_child.hpp>
#include <haft/os/spawn.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What is to be run, and how.
struct child_request {
    std::filesystem::path program = {};  ///< its file, an absolute path, such as find_program gives
    std::vector<std::string> argv = {};  ///< with its name first, as it is to see it; not empty, no NUL in them
    std::string input = {};              ///< its standard input
    std::filesystem::path folder = {};   ///< where it runs; "": where this program does
    std::optional<std::vector<std::string>> environment = {};  ///< `NAME=value`; nothing: that of this program
    std::size_t most_output = std::size_t{1} << 20;  ///< bytes of standard output; what is beyond is read and dropped
    std::size_t most_errors = std::size_t{1} << 16;  ///< of standard error
    std::chrono::milliseconds time_limit{0};         ///< 0: none
    /// From the polite SIGTERM until the SIGKILL.
    std::chrono::milliseconds grace{2000};
    stop_token stop = {};  ///< looked at some fifty times a second
};

/// Runs it, and gives what came of it: also for a program that failed, took too long or was stopped. When this returns, the
/// program is gone and so is its process group, what it left in the background included (but not what that has put into another
/// group or session); there is no zombie. No descriptor of this process but the three is open in it (glibc 2.34 on;
/// before that none of haft's). Requires that the host neither ignores SIGCHLD nor waits for any child of the process. Any
/// thread; several at a time. An error (E0441): it can't be started.
HAFT_COLD inline result<child_result> run_child(const child_request& what) {
    const std::string name = what.argv.empty() ? what.program.string() : what.argv.front();
    const auto no = [&](std::string_view why) {
        return error{errc::program_not_run, concat({"program ", in_quotes(name), " can't be run: ", why})};
    };
    if (what.argv.empty()) return no("argv is empty; it begins with the program's name");
    if (!what.program.is_absolute())
        return no(concat({"its file ", in_quotes(what.program.string()), " is no absolute path"}));
    for (std::size_t i = 0; i < what.argv.size(); ++i)
        if (what.argv[i].find('\0') != std::string::npos)
            return no(concat({"argument ", decimal(i), " has a NUL byte: ", in_quotes(what.argv[i])}));
    if (what.environment)
        for (const std::string& one : *what.environment)
            if (one.find('\0') != std::string::npos || one.find('=') == std::string::npos || one.front() == '=')
                return no(concat({"the environment has ", in_quotes(one), ", which is not NAME=value"}));
    std::error_code problem;
    if (!what.folder.empty() && !std::filesystem::is_directory(what.folder, problem))
        return no(concat({"there is no folder ", what.folder.string(), " to run it in"}));

    detail::pipe_ends in, out, errors;
    if ((!what.input.empty() && !detail::open_pipe(in)) || !detail::open_pipe(out) || !detail::open_pipe(errors))
        return no(concat({"no pipe can be made: ", std::generic_category().message(errno)}));
    detail::spawn_request start{.file = what.program.string(), .argv = &what.argv};
    if (what.environment) start.environment = &*what.environment;
    start.folder = what.folder.string();
    start.input = in.read.number();
    start.output = out.write.number();
    start.errors = errors.write.number();
    pid_t child = 0;
    if (const int failed = detail::spawn(start, child); failed != 0) {
        // The file was there, or so one may hope: what is missing then is what its first line names.
        return no(concat({std::generic_category().message(failed),
                          failed == ENOENT  ? " (the file, or the interpreter that its first line names)"
                          : failed == E2BIG ? " (arguments and environment are too long together)"
                                            : ""}));
    }
    in.read.close(), out.write.close(), errors.write.close();
    detail::running_child running(child, std::move(in.write), std::move(out.read), std::move(errors.read));
    return running.run({what.input, what.most_output, what.most_errors, what.time_limit, what.grace, what.stop});
}

}  // namespace haft::inline v0

#endif  // HAFT_OS_CHILD_PROCESS_HPP
