// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_COMPLETION_SCRIPT_HPP
#define HAFT_HOST_COMPLETION_SCRIPT_HPP

/// Scripts that complete a program's command line in a shell: its commands, options and choices, files and folders, and the names of
/// tools, for which they ask the program (`PROGRAM list --format names`).

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/host/command_description.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

inline constexpr std::array<std::string_view, 3> completed_shells{"bash", "zsh", "fish"};

namespace detail {

/// In single quotes of a shell of the Bourne family.
HAFT_COLD inline std::string shell_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') out += "'\\''";
        else out += c;
    }
    return out += '\'';
}
/// In single quotes of fish, where a backslash still is one.
HAFT_COLD inline std::string fish_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out += '\'';
}
/// A name as a part of a function's name.
HAFT_COLD inline std::string shell_name(std::string_view text) {
    std::string out;
    for (const char c : text) out += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    return out;
}
HAFT_COLD inline std::string joined(const std::vector<std::string>& words, std::string_view between) {
    std::string out;
    for (const std::string& one : words) append_all(out, {&one == words.data() ? "" : between, one});
    return out;
}

// --- bash

/// The call of the script's own function that completes a value.
HAFT_COLD inline std::string bash_value(const option_description& of) {
    if (of.is_choice()) return concat({"_value words ", shell_quoted(joined(of.choices(), " "))});
    if (of.value == "FILE") return "_value files";
    if (of.value == "DIR") return "_value folders";
    if (of.value == "TOOL") return "_value tools";
    return {};
}

class bash_script {
public:
    HAFT_COLD explicit bash_script(const command_description& of) : of_(of), function_("_" + shell_name(of.name)) {}

    HAFT_COLD std::string text() {
        walk(of_, "");
        std::string with_value;
        for (const std::string& one : with_value_) append_all(with_value, {with_value.empty() ? "" : "|", one});
        return concat({"# bash completion of ", of_.name, ": source <(", of_.name, " completion bash)\n", function_,
                       "_value() {\n"
                       "    case $1 in\n"
                       "        words) mapfile -t COMPREPLY < <(compgen -W \"$2\" -- \"$cur\") ;;\n"
                       "        files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\") ;;\n"
                       "        folders) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\") ;;\n"
                       "        tools) mapfile -t COMPREPLY < <(compgen -W \"$(\"${COMP_WORDS[0]}\" list --format names 2>/dev/null)\" -- \"$cur\") ;;\n"
                       "    esac\n"
                       "}\n",
                       function_,
                       "() {\n"
                       "    local cur=${COMP_WORDS[COMP_CWORD]} at='' place=0 value='' i word\n"
                       "    COMPREPLY=()\n"
                       "    for ((i = 1; i < COMP_CWORD; ++i)); do\n"
                       "        word=${COMP_WORDS[i]}\n"
                       "        if [ -n \"$value\" ]; then value=''; continue; fi\n"
                       "        case $word in\n"
                       "            ", with_value.empty() ? "''" : with_value, ") value=$word ;;\n"
                       "            -*) ;;\n"
                       "            *) case $at/$word in\n"
                       "                ", paths_.empty() ? "''" : paths_, ") at=$at/$word ;;\n"
                       "                *) place=$((place + 1)) ;;\n"
                       "            esac ;;\n"
                       "        esac\n"
                       "    done\n"
                       "    case $at:$value in\n", values_, "    esac\n"
                       "    [ -n \"$value\" ] && return\n"
                       "    if [[ $cur == -* ]]; then\n"
                       "        case $at in\n", options_, "        esac\n"
                       "        return\n"
                       "    fi\n"
                       "    case $at:$place in\n", arguments_, "    esac\n"
                       "}\n"
                       "complete -F ", function_, " ", of_.name});
    }

private:
    std::string called(std::string_view value) const { return concat({function_, value}); }

    void walk(const command_description& now, const std::string& at) {
        std::vector<std::string> options;
        const auto take = [&](const std::vector<option_description>& all, std::string_view where) {
            for (const option_description& one : all) {
                std::string either;
                for (const std::string& name : one.names) {
                    options.push_back(name);
                    append_all(either, {either.empty() ? "" : "|", where, ":", name});
                    if (one.value.empty()) continue;
                    bool known = false;
                    for (const std::string& other : with_value_) known = known || other == name;
                    if (!known) with_value_.push_back(name);
                }
                const std::string value = bash_value(one);
                if (!value.empty() && (&all != &of_.options || at.empty()))
                    append_all(values_, {"        ", either, ") ", called(value), "; return ;;\n"});
            }
        };
        take(now.options, at.empty() ? "*" : at);
        if (!at.empty()) take(of_.options, "*");
        append_all(options_, {"            '", at, "') ", called("_value words "), shell_quoted(joined(options, " ")), " ;;\n"});
        if (!now.commands.empty()) {
            std::vector<std::string> names;
            for (const command_description& one : now.commands) names.push_back(one.name);
            append_all(arguments_, {"        '", at, ":0') ", called("_value words "), shell_quoted(joined(names, " ")), " ;;\n"});
        }
        for (std::size_t i = 0; i < now.arguments.size(); ++i) {
            const option_description& one = now.arguments[i];
            const std::string value = bash_value(one);
            if (!value.empty())
                append_all(arguments_, {"        ", at, ":", one.repeats ? std::string("*") : decimal(i), ") ", called(value), " ;;\n"});
        }
        for (const command_description& one : now.commands) {
            const std::string below = concat({at, "/", one.name});
            append_all(paths_, {paths_.empty() ? "" : "|", below});
            walk(one, below);
        }
    }

    const command_description& of_;
    std::string function_;
    std::string paths_, values_, options_, arguments_;
    std::vector<std::string> with_value_;
};

// --- zsh

/// A text within a specification of _arguments, where `:` and brackets have a meaning.
HAFT_COLD inline std::string zsh_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

class zsh_script {
public:
    HAFT_COLD explicit zsh_script(const command_description& of) : of_(of) {}

    HAFT_COLD std::string text() {
        walk(of_, "_" + shell_name(of_.name));
        return concat({"#compdef ", of_.name, "\n", "_", shell_name(of_.name),
                       "_tools() { local -a names=(${(f)\"$(_call_program tools ", of_.name,
                       " list --format names 2>/dev/null)\"}); compadd -a names }\n", out_, "if [ \"$funcstack[1]\" = _",
                       shell_name(of_.name), " ]; then _", shell_name(of_.name), " \"$@\"; else compdef _", shell_name(of_.name), " ",
                       of_.name, "; fi"});
    }

private:
    std::string action(const option_description& one) const {
        if (one.is_choice()) return concat({"(", joined(one.choices(), " "), ")"});
        if (one.value == "FILE") return "_files";
        if (one.value == "DIR") return "_files -/";
        if (one.value == "TOOL") return concat({"_", shell_name(of_.name), "_tools"});
        return " ";
    }
    void append_option(std::string& to, const option_description& one) const {
        for (const std::string& name : one.names) {
            std::string spec = concat({one.repeats ? "*" : "", name, "[", zsh_text(one.about), "]"});
            if (!one.value.empty())
                append_all(spec, {":", zsh_text(one.is_choice() ? std::string_view("value") : one.value), ":", action(one)});
            append_all(to, {" \\\n        ", shell_quoted(spec)});
        }
    }

    void walk(const command_description& now, const std::string& function) {
        std::string arguments;
        for (const option_description& one : now.options) append_option(arguments, one);
        if (&now != &of_)
            for (const option_description& one : of_.options) append_option(arguments, one);
        for (std::size_t i = 0; i < now.arguments.size(); ++i) {
            const option_description& one = now.arguments[i];
            append_all(arguments, {" \\\n        ",
                                   shell_quoted(concat({one.repeats ? "*" : decimal(i + 1), ":", zsh_text(one.names.front()), ":",
                                                        action(one)}))});
        }
        if (!now.commands.empty()) arguments += " \\\n        '1: :->command' '*:: :->rest'";
        append_all(out_, {function, "() {\n    local curcontext=$curcontext state line\n    _arguments -C", arguments, "\n"});
        if (!now.commands.empty()) {
            std::string names, calls;
            for (const command_description& one : now.commands) {
                append_all(names, {"\n            ", shell_quoted(concat({one.name, ":", zsh_text(one.about)}))});
                append_all(calls, {"            ", one.name, ") ", function, "_", shell_name(one.name), " ;;\n"});
            }
            append_all(out_, {"    case $state in\n        command) local -a commands=(", names,
                              "\n        ); _describe command commands ;;\n        rest) case $words[1] in\n", calls,
                              "        esac ;;\n    esac\n"});
        }
        out_ += "}\n";
        for (const command_description& one : now.commands) walk(one, concat({function, "_", shell_name(one.name)}));
    }

    const command_description& of_;
    std::string out_;
};

// --- fish

class fish_script {
public:
    HAFT_COLD explicit fish_script(const command_description& of) : of_(of) {}

    HAFT_COLD std::string text() {
        out_ = concat({"# fish completion of ", of_.name, ": ", of_.name, " completion fish | source\ncomplete -c ", of_.name, " -f\n"});
        walk(of_, "");
        out_.pop_back();
        return out_;
    }

private:
    std::string arguments_of(const option_description& one) const {
        if (one.is_choice()) return concat({" -a ", fish_quoted(joined(one.choices(), " "))});
        if (one.value == "FILE") return " -F";
        if (one.value == "DIR") return " -a '(__fish_complete_directories)'";
        if (one.value == "TOOL") return concat({" -a ", fish_quoted(concat({"(", of_.name, " list --format names 2>/dev/null)"}))});
        return {};
    }
    void line(std::string_view when, std::string_view rest, std::string_view about) {
        append_all(out_, {"complete -c ", of_.name});
        if (!when.empty()) append_all(out_, {" -n ", fish_quoted(when)});
        append_all(out_, {rest, about.empty() ? "" : " -d ", about.empty() ? std::string() : fish_quoted(about), "\n"});
    }

    void walk(const command_description& now, const std::string& when) {
        for (const option_description& one : now.options) {
            std::string rest;
            for (const std::string& name : one.names)
                append_all(rest, {name.starts_with("--") ? " -l " : " -s ", name.substr(name.starts_with("--") ? 2 : 1)});
            if (!one.value.empty()) append_all(rest, {" -r", arguments_of(one)});
            line(when, rest, one.about);
        }
        for (const option_description& one : now.arguments)
            if (const std::string rest = arguments_of(one); !rest.empty()) line(when, rest, "");
        std::vector<std::string> names;
        for (const command_description& one : now.commands) names.push_back(one.name);
        const std::string none_yet = concat({when, when.empty() ? "" : "; and ", "not __fish_seen_subcommand_from ", joined(names, " ")});
        for (const command_description& one : now.commands) line(none_yet, concat({" -a ", one.name}), one.about);
        for (const command_description& one : now.commands)
            walk(one, concat({when, when.empty() ? "" : "; and ", "__fish_seen_subcommand_from ", one.name}));
    }

    const command_description& of_;
    std::string out_;
};

}  // namespace detail

/// The script for one of `completed_shells`; "" for another. A program with a command `list --format names` completes tools too.
HAFT_COLD inline std::string completion_script(const command_description& of, std::string_view shell) {
    if (shell == "bash") return detail::bash_script(of).text();
    if (shell == "zsh") return detail::zsh_script(of).text();
    if (shell == "fish") return detail::fish_script(of).text();
    return {};
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_COMPLETION_SCRIPT_HPP
