// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROGRAM_READY_PROGRAM_HPP
#define HAFT_PROGRAM_READY_PROGRAM_HPP

/// How a program is run, and through what it sees the system, be it for a tool, a command or a hook. [DC-08]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/json/document.hpp>
#include <haft/os/child_process.hpp>
#include <haft/os/find_program.hpp>
#include <haft/os/variables.hpp>
#include <haft/program/argv_template.hpp>
#include <haft/program/program_answer.hpp>
#include <haft/tool/execute.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// How a program is run, whoever wants it: a tool, a command, a hook.
struct program_settings {
    std::vector<argv_element> argv =
        {};  ///< the program first: a name to be looked for, or a path, relative ones seen from `base`
    std::filesystem::path base = {};    ///< the folder that relative paths are seen from; "": the current one
    std::filesystem::path folder = {};  ///< where it runs; "": where the host does
    /// What it sees of the host's environment: names, with PATH, HOME, LANG, LC_ALL, TMPDIR, TZ and USER always; and
    /// `NAME=value`.
    std::vector<std::string> environment = {};
    std::chrono::milliseconds time_limit{60'000};    ///< 0: none
    std::size_t most_output = std::size_t{1} << 18;  ///< bytes; a longer text is cut, and says so
    std::vector<int> success = {0};                  ///< exit codes that mean that it did well
};

/// Through what programs see the system. Empty members: the process's own.
struct program_surroundings {
    environment_function variables = {};
    program_lookup find_program = {};  ///< of a name; empty: haft::find_program in the PATH of `variables`
};

namespace detail {

/// A program that can be run again and again; never changes.
class ready_program {
public:
    HAFT_COLD ready_program(program_settings settings, std::vector<argv_parameter> parameters, option_like dashes,
                            program_surroundings around)
        : settings_(std::move(settings)),
          parameters_(std::move(parameters)),
          around_(std::move(around)),
          argv_(settings_.argv, parameters_, dashes) {
        if (!around_.variables) around_.variables = process_environment;
    }

    const argv_template& argv() const noexcept { return argv_; }
    const std::vector<argv_parameter>& parameters() const noexcept { return parameters_; }

    /// Its standard output. Errors: E0444, each fault by its parameter; E0440, E0441: it can't be run; those of answer_of.
    HAFT_COLD result<std::string> run(std::string_view of, const json::document& arguments, std::string input,
                                      const stop_token& stop, std::size_t* cut = nullptr) const {
        child_request what;
        std::vector<fault> faults;
        what.argv = argv_.fill(arguments, parameters_, faults);
        if (!faults.empty()) return refused_arguments(of, std::move(faults), 0);
        const std::string name(argv_.program());
        result<std::filesystem::path> found =
            around_.find_program ? around_.find_program(name)
                                 : find_program(name, around_.variables("PATH").value_or(""), settings_.base);
        if (!found) return std::move(found.error());
        what.program = std::move(*found);
        what.input = std::move(input);
        if (!settings_.folder.empty()) what.folder = settings_.base / settings_.folder;
        what.environment = environment();
        what.most_output = settings_.most_output;
        what.time_limit = settings_.time_limit;
        what.stop = stop;
        result<child_result> ran = run_child(what);
        if (!ran) return std::move(ran.error());
        if (cut) *cut = ran->output_cut;
        return answer_of(std::move(*ran), name, settings_.success, settings_.time_limit);
    }

private:
    HAFT_COLD std::vector<std::string> environment() const {
        std::vector<std::string> out;
        const auto set = [&](std::string_view name, std::string text) {
            const std::string key = concat({name, "="});  // of two of one name programs take the first
            std::erase_if(out, [&](const std::string& one) { return one.starts_with(key); });
            out.push_back(std::move(text));
        };
        const auto pass = [&](std::string_view name) {
            if (const std::optional<std::string> value = around_.variables(name))
                set(name, concat({name, "=", *value}));
        };
        for (const std::string_view name : {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "USER"}) pass(name);
        for (const std::string& one : settings_.environment) {
            if (const std::size_t end = one.find('='); end == one.npos) pass(one);
            else set(std::string_view(one).substr(0, end), one);
        }
        return out;
    }

    program_settings settings_;
    std::vector<argv_parameter> parameters_;
    program_surroundings around_;
    argv_template argv_;
};

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_PROGRAM_READY_PROGRAM_HPP
