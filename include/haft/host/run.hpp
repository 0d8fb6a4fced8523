// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_RUN_HPP
#define HAFT_HOST_RUN_HPP

/// `haft::run(tools, argc, argv)`: a whole program around a toolset, with list, show, call, serve and mcp-config. POSIX.

#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/format/name.hpp>
#include <haft/host/call_display.hpp>
#include <haft/host/check.hpp>
#include <haft/host/list_format.hpp>
#include <haft/host/mcp_config.hpp>
#include <haft/host/outline.hpp>
#include <haft/host/terminal.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/writer.hpp>
#include <haft/mcp/transport/stdio.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/version.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// How a program presents itself, to people and to MCP clients.
struct run_options {
    std::string name = {};  ///< default: the program's file name
    std::string version = "0.0.0";
    std::string instructions = {};  ///< how the tools belong together, for the model
    call_options call = {};         ///< limits and user data of every call, by `call` and by `serve`
};

namespace host {

/// The exit codes of `haft::run`.
enum : int { exit_ok = 0, exit_failed = 1, exit_usage = 2 };

namespace detail {

class command_line {
public:
    command_line(const toolset& tools, const run_options& options, std::string_view argv0)
        : tools_(tools),
          names_(tools),
          options_(options),
          argv0_(argv0),
          program_(argv0.substr(argv0.rfind('/') + 1)),
          out_(terminal::of(STDOUT_FILENO)),
          err_(terminal::of(STDERR_FILENO)) {}

    int run(const std::vector<std::string_view>& words) {
        if (!asks_for_check(words))  // which tells it itself
            for (const auto* told : {&tools_.refusals(), &tools_.warnings()})
                for (const error& e : *told) print_error(err_.warn("Warning: ") + e.text());
        if (words.empty()) return print_error(usage()), exit_usage;
        const std::string_view command = words[0];
        const std::vector<std::string_view> rest(words.begin() + 1, words.end());
        if (command == "list") return list(rest);
        if (command == "show") return show(rest);
        if (command == "call") return call(rest);
        if (command == "serve") return serve(rest);
        if (command == "mcp-config") return mcp_configuration(rest);
        if (command == "help" || command == "--help" || command == "-h") return print(usage());
        if (command == "--version") return print(name() + " " + options_.version + " (haft " HAFT_VERSION ")");
        return wrong("no command " + in_quotes(command), command,
                     {"list", "show", "call", "serve", "mcp-config", "help"});
    }

private:
    std::string name() const { return options_.name.empty() ? program_ : options_.name; }

    std::string usage() const {
        return "usage: " + program_ +
               " COMMAND\n"
               "  list [--format text|json|" +
               words_of(list_formats, "|") +
               "] [--strict]\n"
               "                       the tools, for people or for a provider (strict: schemas for its strict mode)\n"
               "  list --check [--strict]\n"
               "                       what is doubtful about them; exits with 1 at an error (or a warning)\n"
               "  show NAME            one tool: its words, parameters and schemas\n"
               "  call [--lenient] [--save FOLDER] NAME JSON|-\n"
               "                       call it with a JSON object (- reads it from standard input; lenient: \"3\" will "
               "do\n"
               "                       for 3; save: images and other files are written to that folder)\n"
               "  serve                be an MCP server on standard input and output\n"
               "  mcp-config [CLIENT]  what " +
               words_of(mcp_clients, ", ") + " want so that they start this program";
    }

    static std::string words_of(const auto& table, std::string_view separator) {
        std::string out;
        for (const auto& row : table) out.append(out.empty() ? "" : separator).append(row.name);
        return out;
    }

    /// Gives the exit code: a result that could not be written was not given.
    int print(std::string_view text) const {
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fputc('\n', stdout);
        if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_ok;
        print_error(err_.bad("Error: ") + "can't write to standard output");
        return exit_failed;
    }
    static void print_error(std::string_view text) {
        std::fflush(stdout);
        std::fwrite(text.data(), 1, text.size(), stderr);
        std::fputc('\n', stderr);
    }

    int wrong(std::string message, std::string_view given, std::initializer_list<std::string_view> known) const {
        nearest_name nearest(given);
        for (const std::string_view k : known) nearest.consider(k);
        if (!nearest.name().empty()) message.append("; did you mean \"").append(nearest.name()).append("\"?");
        print_error(err_.bad("Error: ") + message + "\n" + usage());
        return exit_usage;
    }

    static bool asks_for_check(const std::vector<std::string_view>& words) {
        return words.size() > 1 && words[0] == "list" && words[1] == "--check";
    }
    int list_check(const std::vector<std::string_view>& words) {
        const bool strict = words.size() == 2 && words[1] == "--strict";
        if (words.size() > 1 && !strict)
            return wrong("list --check does not know " + in_quotes(words[1]), words[1], {"--strict"});
        const std::vector<doubt> doubts = doubts_about(tools_);
        if (doubts.empty()) return print(out_.good("nothing is doubtful about these tools"));
        bool fails = strict;
        for (const doubt& d : doubts) fails = fails || d.is_error;
        const int printed = print(doubts_text(doubts, out_));
        return fails ? exit_failed : printed;
    }

    int list(const std::vector<std::string_view>& words) {
        if (!words.empty() && words[0] == "--check") return list_check(words);
        std::string_view format = "text";
        bool strict = false;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i].starts_with("--format=")) format = words[i].substr(9);
            else if (words[i] == "--format" && i + 1 < words.size()) format = words[++i];
            else if (words[i] == "--format") return wrong("--format wants the name of a format", "", {});
            else if (words[i] == "--strict") strict = true;
            else
                return wrong("list does not know " + in_quotes(words[i]), words[i],
                             {"--format", "--strict", "--check"});
        }
        const list_format* const of_provider = find_list_format(format);
        if (strict && !(of_provider && of_provider->can_be_strict))
            return wrong("--strict is for the formats openai, openai-responses and anthropic", "", {});
        if (of_provider) {
            const formats::exported_tools exported = list_in(*of_provider, names_, strict);
            for (const std::string& note : exported.notes) print_error(err_.warn("Note: ") + note);
            return print(exported.json);
        }
        if (format == "text") return print(list_text());
        if (format == "json") return print(list_json());
        return wrong("no format " + in_quotes(format), format,
                     {"text", "json", "openai", "openai-responses", "anthropic", "gemini", "gemini-openapi", "mcp"});
    }

    std::string list_text() const {
        table rows({"tool", "parameters", "what it does"});
        for (const tool& t : tools_) {
            std::string parameters;
            for (const parameter_outline& p : outline(t.input_schema)) {
                if (!parameters.empty()) parameters += ", ";
                parameters += p.name;
                if (!p.required) parameters += '?';
            }
            std::string words(first_paragraph(t.description));
            if (t.effect == effect::destructive) words += " (destructive)";
            rows.row({std::string(t.name), parameters.empty() ? "-" : parameters, words});
        }
        std::string text = rows.text(out_);
        if (!text.empty()) text.pop_back();
        return text;
    }

    static std::string_view effect_name(effect e) {
        constexpr std::array<std::string_view, 4> names{"unspecified", "read_only", "additive", "destructive"};
        return names[static_cast<unsigned>(e)];
    }

    /// `closed_world` of `closed-world`, as it is written in C++.
    static std::string hint_name(std::string_view tag) {
        std::string name(tag);
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    }

    std::string list_json() const {
        std::string text = "[";
        for (const tool& t : tools_) {
            text += text.size() > 1 ? ",\n{\"name\":" : "\n{\"name\":";
            json::append_string(text, t.name);
            if (!t.title.empty()) text += ",\"title\":", json::append_string(text, t.title);
            text += ",\"description\":";
            json::append_string(text, t.description);
            text.append(",\"effect\":\"").append(effect_name(t.effect)).append("\",\"hints\":[");
            std::string_view separator;
            for (const auto& hint : haft::detail::hint_tags) {
                if (!has(t.hints, hint.value)) continue;
                text.append(separator).append("\"").append(hint_name(hint.tag)).append("\"");
                separator = ",";
            }
            text += ']';
            if (!t.tags.empty()) {
                std::string_view before = ",\"tags\":[";
                for (const std::string_view tag : t.tags) text += before, json::append_string(text, tag), before = ",";
                text += ']';
            }
            if (!t.group.empty()) text += ",\"group\":", json::append_string(text, t.group);
            if (!t.category.empty()) text += ",\"category\":", json::append_string(text, t.category);
            if (!t.instructions.empty()) text += ",\"instructions\":", json::append_string(text, t.instructions);
            json::append_compact(text += ",\"input_schema\":", t.input_schema);
            if (!t.output_schema.empty()) json::append_compact(text += ",\"output_schema\":", t.output_schema);
            text += '}';
        }
        return text += tools_.empty() ? "]" : "\n]";
    }

    int unknown_tool(std::string_view name) const {
        std::string message = tools_.no_such_tool(name).text();
        if (!tools_.empty()) {
            message += "\nThere are";
            for (const tool& t : tools_) message.append(&t == tools_.begin() ? " " : ", ").append(t.name);
        }
        print_error(err_.bad("Error: ") + message);
        return exit_failed;
    }

    int show(const std::vector<std::string_view>& words) {
        if (words.size() != 1) return wrong("show wants one tool's name", "", {});
        const tool* const t = names_.find(words[0]);
        if (!t) return unknown_tool(words[0]);
        std::string text = out_.name(t->name);
        if (!t->title.empty()) text += "  " + std::string(t->title);
        if (t->effect != effect::unspecified) text += "  " + out_.dim(effect_name(t->effect));
        for (const auto& hint : haft::detail::hint_tags)
            if (has(t->hints, hint.value)) text += "  " + out_.dim(hint_name(hint.tag));
        text += '\n';
        for (const std::string& line : wrap(t->description, out_.width)) text += line + '\n';
        const auto word = [&](std::string_view label, std::string_view value) {
            if (!value.empty()) text.append(out_.dim(label)).append(" ").append(value).append("\n");
        };
        word("group", t->group);
        word("category", t->category);
        word("tags", t->tags.text());
        if (t->origin) word("from", t->origin->text());
        if (!t->instructions.empty())
            text.append("\n").append(out_.dim("instructions")).append("\n").append(t->instructions).append("\n");
        const std::vector<parameter_outline> parameters = outline(t->input_schema);
        if (!parameters.empty()) {
            table rows({"parameter", "type", "", "about"});
            for (const parameter_outline& p : parameters) {
                const std::string need = p.required               ? "required"
                                         : p.default_text.empty() ? "optional"
                                                                  : "= " + p.default_text;
                rows.row({p.name, p.type, need, p.description});
            }
            text += '\n' + rows.text(out_);
        }
        text += '\n' + out_.dim("input schema") + '\n' + pretty_json(t->input_schema, out_, 2);
        if (!t->output_schema.empty())
            text += "\n\n" + out_.dim("output schema") + '\n' + pretty_json(t->output_schema, out_, 2);
        return print(text);
    }

    int call(std::vector<std::string_view> words) {
        call_options how = options_.call;
        std::string_view folder;
        for (std::size_t i = 0; i < words.size();) {
            std::size_t taken = 1;
            if (words[i] == "--lenient") how.mode = read_mode::lenient;
            else if (words[i].starts_with("--save=")) folder = words[i].substr(7);
            else if (words[i] == "--save" && i + 1 < words.size()) folder = words[i + 1], taken = 2;
            else if (words[i].starts_with("--"))
                return wrong("call does not know " + in_quotes(words[i]), words[i], {"--lenient", "--save"});
            else taken = 0, ++i;
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(i),
                        words.begin() + static_cast<std::ptrdiff_t>(i + taken));
        }
        if (words.size() != 2)
            return wrong(
                "call wants a tool's name and one JSON object (in quotes), or - to read it from standard input", "",
                {});
        const tool* const t = names_.find(words[0]);
        if (!t) return unknown_tool(words[0]);
        std::string arguments(words[1]);
        if (arguments == "-") {
            arguments.clear();
            std::array<char, 4096> part{};
            while (const std::size_t n = std::fread(part.data(), 1, part.size(), stdin))
                arguments.append(part.data(), n);
        }
        std::string text;
        std::vector<note> notes;
        call_display display(err_);
        const stop_on_interrupt interrupt;
        how.notes = &notes;
        how.listener = &display;
        how.stop = stop_token(interrupt);
        result_writer writer(text, string_results::as_text, how);
        call_context context{t->name, how};
        t->run(arguments, context, writer);
        display.clear();
        for (const note& n : notes) print_error(err_.warn("Note: ") + n.text());
        if (writer.failed()) return print_error(err_.bad("Error: ") + writer.error().text()), exit_failed;
        return give(writer, std::move(text), folder, t->name);
    }

    /// Prints a result: the value, then what is attached in words, or where it was saved.
    int give(const result_writer& result, std::string text, std::string_view folder, std::string_view name) const {
        const bool is_text = result.form() == result_form::text;
        if (result.form() == result_form::json && out_.colour) text = pretty_json(text, out_);
        if (is_text && text.ends_with('\n')) text.pop_back();
        bool anything = is_text || result.form() == result_form::json;
        std::size_t number = 0;
        for (const content_block& block : result.attachments()) {
            if (anything) text += '\n';
            anything = true;
            text += block_words(block);
            if (folder.empty()) continue;
            const haft::result<std::string> file = save_block(block, folder, name, ++number);
            if (!file) return print_error(err_.bad("Error: ") + file.error().message), exit_failed;
            if (!file->empty()) text += ' ' + *file;
        }
        return anything ? print(text) : exit_ok;
    }

    int serve(const std::vector<std::string_view>& words) {
        if (!words.empty()) return wrong("serve takes no arguments", "", {});
        if (::isatty(STDIN_FILENO) == 1)
            print_error(
                err_.dim(name() + ": an MCP server on standard input and output; a client starts it. Ctrl-D ends it."));
        mcp::server_options serving;
        serving.name = name();
        serving.version = options_.version;
        serving.instructions = options_.instructions;
        serving.call = options_.call;
        return mcp::serve_stdio(tools_, std::move(serving));
    }

    /// Of one client the configuration alone, so that it can be written to a file; where that is goes to standard error.
    int mcp_configuration(const std::vector<std::string_view>& words) {
        const mcp_client* const wanted = words.size() == 1 ? find_mcp_client(words[0]) : nullptr;
        if (!words.empty() && !wanted)
            return wrong("mcp-config wants one of " + words_of(mcp_clients, ", ") + ", or nothing for all of them",
                         words[0], {"claude-desktop", "claude-code", "vscode", "cursor"});
        const std::string executable = absolute_path(argv0_);
        std::string text;
        for (const mcp_client& client : mcp_clients) {
            if (wanted && &client != wanted) continue;
            const std::string heading = std::string(client.title) + ": " + std::string(client.place);
            if (wanted) print_error(err_.dim(heading));
            else text += (text.empty() ? "" : "\n\n") + out_.bold(heading) + '\n';
            text += mcp_config(client, name(), executable);
        }
        return print(text);
    }

    const toolset& tools_;
    formats::name_map names_;
    const run_options& options_;
    std::string_view argv0_;
    std::string program_;
    terminal out_;
    terminal err_;
};

}  // namespace detail
}  // namespace host

/// The main function of a program that offers tools: `list`, `show NAME`, `call NAME JSON|-`, `serve` (MCP over standard
/// input and output) and `mcp-config`. Tools are found by either spelling of their names. Results go to standard output, everything else to standard error. Returns the exit code: 0; 1 when
/// the call gave an error or the tool does not exist; 2 when the command line was wrong.
inline int run(const toolset& tools, int argc, const char* const* argv, const run_options& options = {}) {
    std::vector<std::string_view> words;
    for (int i = 1; i < argc; ++i) words.emplace_back(argv[i]);
    return host::detail::command_line(tools, options, argc > 0 ? argv[0] : "haft").run(words);
}

}  // namespace haft::inline v0

#endif  // HAFT_HOST_RUN_HPP
