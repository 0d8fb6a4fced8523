// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_COMMAND_DESCRIPTION_HPP
#define HAFT_HOST_COMMAND_DESCRIPTION_HPP

/// A command line as a value: its commands, options and arguments in words. What help, completion and manual pages are made of,
/// whichever library parses the command line.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// An option, or an argument that stands at its place.
struct option_description {
    std::vector<std::string> names = {};  ///< `-C`, `--config`; of an argument, its one name: `NAME`
    /// What it takes: "" nothing, `auto|always|never` one of these, `FILE` and `DIR` paths, `TOOL` a tool's name, any other word
    /// something else.
    std::string value = {};
    std::string about = {};
    bool required = false;
    bool repeats = false;

    bool is_choice() const { return value.find('|') != std::string::npos; }
    /// `auto`, `always`, `never`; nothing where it takes no choice.
    HAFT_COLD std::vector<std::string> choices() const {
        std::vector<std::string> out;
        if (!is_choice()) return out;
        for (std::string_view rest = value;;) {
            const std::size_t end = rest.find('|');
            out.emplace_back(rest.substr(0, end));
            if (end == rest.npos) return out;
            rest = rest.substr(end + 1);
        }
    }
    /// `-C, --directory DIR`
    HAFT_COLD std::string text() const {
        std::string out;
        for (const std::string& one : names) append_all(out, {out.empty() ? "" : ", ", one});
        if (!value.empty() && names.front().starts_with('-')) append_all(out, {" ", value});
        return out;
    }
    /// As a line of usage has it: `NAME`, `[CLIENT]`, `FILE...`
    HAFT_COLD std::string usage() const {
        return concat({required ? "" : "[", names.front(), repeats ? "..." : "", required ? "" : "]"});
    }
};

struct command_description {
    std::string name = {};
    std::string about = {};    ///< one line
    std::string details = {};  ///< paragraphs for its own page; "": there is no more to say
    std::vector<option_description> options = {};
    std::vector<option_description> arguments = {};
    std::vector<command_description> commands = {};

    /// Its name, its arguments: `call [OPTION...] NAME JSON`.
    HAFT_COLD std::string usage() const {
        std::string out = name;
        if (!options.empty()) out += " [OPTION...]";
        if (!commands.empty()) out += " COMMAND";
        for (const option_description& one : arguments) append_all(out, {" ", one.usage()});
        return out;
    }
};

/// Terms and what they mean, under a heading: exit codes, variables, files.
struct description_section {
    std::string title = {};
    std::vector<std::pair<std::string, std::string>> terms = {};
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_COMMAND_DESCRIPTION_HPP
