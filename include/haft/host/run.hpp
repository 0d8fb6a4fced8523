// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_RUN_HPP
#define HAFT_HOST_RUN_HPP

/// `haft::run(tools, argc, argv)`: a whole program around a toolset, with list, show, explain, call, serve and mcp-config. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/format/name.hpp>
#include <haft/host/absolute_path.hpp>
#include <haft/host/call_display.hpp>
#include <haft/host/doubts.hpp>
#include <haft/host/list_format.hpp>
#include <haft/host/mcp_config.hpp>
#include <haft/host/outline.hpp>
#include <haft/host/pretty.hpp>
#include <haft/host/save_block.hpp>
#include <haft/host/stop_on_interrupt.hpp>
#include <haft/host/table.hpp>
#include <haft/host/terminal.hpp>
#include <haft/host/tool_json.hpp>
#include <haft/host/tool_sources.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/mcp/transport/stdio.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/version.hpp>

#include <cstddef>
#include <cstdio>
#include <initializer_list>
#include <optional>
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

/// What stands on the command line from some word on.
class words {
public:
    words(const char* const* first, const char* const* end) : first_(first), end_(end) {}
    std::size_t size() const { return static_cast<std::size_t>(end_ - first_); }
    bool empty() const { return first_ == end_; }
    std::string_view operator[](std::size_t i) const { return first_[i]; }
    words from(std::size_t i) const { return {first_ + i, end_}; }

private:
    const char* const* first_;
    const char* const* end_;
};

class command_line {
public:
    HAFT_COLD command_line(const toolset& tools, const tool_sources& sources, const run_options& options,
                           std::string_view argv0)
        : tools_(tools),
          sources_(sources),
          names_(tools),
          options_(options),
          argv0_(argv0),
          program_(argv0.substr(argv0.rfind('/') + 1)),
          out_(terminal::of(STDOUT_FILENO)),
          err_(terminal::of(STDERR_FILENO)) {}

    /// `--json` may stand anywhere before the arguments of a call.
    HAFT_COLD int run(words given) {
        std::vector<const char*> kept;
        for (std::size_t i = 0; i < given.size(); ++i) {
            if (given[i] == "--json") json_ = true;
            else kept.push_back(given[i].data());
        }
        return run_command({kept.data(), kept.data() + kept.size()});
    }

private:
    HAFT_COLD int run_command(words all) {
        const bool checks = all.size() > 1 && all[0] == "list" && all[1] == "--check";
        if (!checks)  // which tells it itself
            for (const auto* told : {&tools_.refusals(), &tools_.warnings()})
                for (const error& e : *told) say(err_.warn("Warning: "), e.text());
        if (all.empty()) return say(usage()), exit_usage;
        const std::string_view command = all[0];
        const words rest = all.from(1);
        if (command == "list") return checks ? list_check(rest.from(1)) : list(rest);
        if (command == "show") return show(rest);
        if (command == "explain") return explain(rest);
        if (command == "call") return call(rest);
        if (command == "serve") return serve(rest);
        if (command == "mcp-config") return mcp_configuration(rest);
        if (command == "help" || command == "--help" || command == "-h") return print(usage());
        if (command == "--version") return print(concat({name(), " ", options_.version, " (haft " HAFT_VERSION ")"}));
        return wrong_word("no command ", command, {"list", "show", "explain", "call", "serve", "mcp-config", "help"});
    }

    const std::string& name() const { return options_.name.empty() ? program_ : options_.name; }

    HAFT_COLD std::string usage() const {
        return concat(
            {"usage: ", program_,
             " COMMAND\n"
             "  list [--format text|json|",
             words_of(list_formats, "|"),
             "] [--strict] [--tools SELECTION]\n"
             "                       the tools, for people or for a provider (strict: schemas for its strict mode;\n"
             "                       tools: only these, such as 'discord.*,hint:read-only,!shell', or @FILE)\n"
             "  list --check [--strict]\n"
             "                       what is doubtful about them; exits with 1 at an error (or a warning)\n"
             "  show NAME            one tool: its words, parameters and schemas\n"
             "  explain NAME         why a tool is there, or missing\n"
             "  call [--lenient] [--save FOLDER] NAME JSON|-\n"
             "                       call it with a JSON object (- reads it from standard input; lenient: \"3\" will "
             "do\n"
             "                       for 3; save: images and other files are written to that folder)\n"
             "  serve                be an MCP server on standard input and output\n"
             "  mcp-config [CLIENT]  what ",
             words_of(mcp_clients, ", "), " want so that they start this program"});
    }

    HAFT_COLD static std::string words_of(const auto& table, std::string_view separator) {
        std::string out;
        for (const auto& row : table) append_all(out, {out.empty() ? "" : separator, row.name});
        return out;
    }

    /// Gives the exit code: a result that could not be written was not given.
    HAFT_COLD int print(std::string_view text) const {
        if (!text.empty()) std::fwrite(text.data(), 1, text.size(), stdout);  // a null pointer is none even for nothing
        std::fputc('\n', stdout);
        if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_ok;
        return fail("can't write to standard output");
    }
    /// A line on standard error.
    HAFT_COLD static void say(std::string_view text, std::string_view more = "") {
        std::fflush(stdout);
        const std::string line = concat({text, more, "\n"});
        std::fwrite(line.data(), 1, line.size(), stderr);
    }
    HAFT_COLD int fail(std::string_view message) const { return say(err_.bad("Error: "), message), exit_failed; }
    HAFT_COLD int fail(const error& e) const {
        if (!json_) return fail(e.text());
        return print(error_json(e)), exit_failed;
    }

    HAFT_COLD int wrong(std::string_view message, std::string_view nearest = {}) const {
        std::string text(message);
        append_did_you_mean(text, nearest);
        append_all(text, {"\n", usage()});
        return fail(text), exit_usage;
    }
    /// A word of the command line that is none of those known in its place.
    HAFT_COLD int wrong_word(std::string_view message, std::string_view given,
                             std::initializer_list<std::string_view> known) const {
        return wrong(concat({message, in_quotes(given)}), nearest_of(given, known));
    }

    HAFT_COLD int list_check(words options) {
        const bool strict = options.size() == 1 && options[0] == "--strict";
        if (!options.empty() && !strict) return wrong_word("list --check does not know ", options[0], {"--strict"});
        const std::vector<doubt> doubts = doubts_about(tools_);
        if (doubts.empty() && !json_) return print(out_.good("nothing is doubtful about these tools"));
        bool fails = strict && !doubts.empty();
        for (const doubt& d : doubts) fails = fails || d.is_error;
        const int printed = print(json_ ? doubts_json(doubts) : doubts_text(doubts, out_));
        return fails ? exit_failed : printed;
    }

    HAFT_COLD int list(words options) {
        std::string_view format = json_ ? "json" : "text";
        bool strict = false;
        std::optional<std::string> wanted;
        for (std::size_t i = 0; i < options.size(); ++i) {
            if (options[i].starts_with("--format=")) format = options[i].substr(9);
            else if (options[i] == "--format" && i + 1 < options.size()) format = options[++i];
            else if (options[i] == "--format") return wrong("--format wants the name of a format");
            else if (options[i].starts_with("--tools=")) wanted = options[i].substr(8);
            else if (options[i] == "--tools" && i + 1 < options.size()) wanted = options[++i];
            else if (options[i] == "--tools")
                return wrong("--tools wants a selection, such as 'discord.*,hint:read-only'");
            else if (options[i] == "--strict") strict = true;
            else return wrong_word("list does not know ", options[i], {"--format", "--strict", "--check", "--tools"});
        }
        if (!wanted) return list_in_format(tools_, names_, format, strict);
        result<selector> selection = read_selection(*wanted);
        if (!selection) return fail(selection.error());
        const result<toolset> chosen = select(tools_, *selection);
        if (!chosen) return fail(chosen.error());
        return list_in_format(*chosen, formats::name_map(*chosen), format, strict);
    }

    HAFT_COLD int list_in_format(const toolset& tools, const formats::name_map& names, std::string_view format,
                                 bool strict) {
        const list_format* const of_provider = find_list_format(format);
        if (strict && !(of_provider && of_provider->can_be_strict))
            return wrong("--strict is for the formats openai, openai-responses and anthropic");
        if (of_provider) {
            const formats::exported_tools exported = list_in(*of_provider, names, strict);
            for (const std::string& note : exported.notes) say(err_.warn("Note: "), note);
            return print(exported.json);
        }
        if (format == "text") return print(list_text(tools));
        if (format == "json") return print(list_json(tools));
        nearest_name nearest(format);
        for (const std::string_view own : {"text", "json"}) nearest.consider(own);
        for (const list_format& f : list_formats) nearest.consider(f.name);
        return wrong(concat({"no format ", in_quotes(format)}), nearest.name());
    }

    HAFT_COLD std::string list_text(const toolset& tools) const {
        bool owned = false;
        for (const tool& t : tools) owned = owned || !sources_.owner_of(t).empty();
        table rows = owned ? table({"tool", "owner", "parameters", "what it does"})
                           : table({"tool", "parameters", "what it does"});
        for (const tool& t : tools) {
            std::string parameters;
            for (const parameter_outline& p : outline(t.input_schema))
                append_all(parameters, {parameters.empty() ? "" : ", ", p.name, p.required ? "" : "?"});
            const std::string_view shown = parameters.empty() ? std::string_view("-") : parameters;
            const std::string does =
                concat({first_paragraph(t.description), t.effect == effect::destructive ? " (destructive)" : "",
                        t.deferred ? " (deferred)" : "", t.needs_approval ? " (needs approval)" : ""});
            if (owned) rows.row({t.name, sources_.owner_of(t), shown, does});
            else rows.row({t.name, shown, does});
        }
        std::string text = rows.text(out_);
        if (!text.empty()) text.pop_back();
        return text;
    }

    HAFT_COLD std::string list_json(const toolset& tools) const {
        std::string text = "[";
        for (const tool& t : tools) {
            text += text.size() > 1 ? ",\n" : "\n";
            append_tool_json(text, t, sources_.owner_of(t));
        }
        return text += tools.empty() ? "]" : "\n]";
    }

    /// Why a tool is there, or is not; exits with 1 if nothing is known of it.
    HAFT_COLD int explain(words names) const {
        if (names.size() != 1) return wrong("explain wants one name");
        const tool* const t = names_.find(names[0]);  // in either spelling
        const reasons why = sources_.explain(t ? t->name : names[0]);
        if (json_) return print(reasons_json(names[0], why)), why.known ? exit_ok : exit_failed;
        std::string text;
        for (const std::string& one : why.sentences) append_all(text, {text.empty() ? "" : "\n", one});
        return why.known ? print(text) : fail(text);
    }

    HAFT_COLD int unknown_tool(std::string_view name) const {
        if (json_) return fail(tools_.no_such_tool(name));
        std::string message = tools_.no_such_tool(name).text();
        if (!tools_.empty()) message += "\nThere are";
        for (const tool& t : tools_) append_all(message, {&t == tools_.begin() ? " " : ", ", t.name});
        return fail(message);
    }

    HAFT_COLD int show(words names) {
        if (names.size() != 1) return wrong("show wants one tool's name");
        const tool* const t = names_.find(names[0]);
        if (!t) return unknown_tool(names[0]);
        if (json_) {
            std::string all;
            append_tool_json(all, *t, sources_.owner_of(*t));
            return print(all);
        }
        std::string text = out_.name(t->name);
        if (!t->title.empty()) append_all(text, {"  ", t->title});
        if (t->effect != effect::unspecified) append_all(text, {"  ", out_.dim(effect_name(t->effect))});
        for (const auto& hint : hint_tags)
            if (has(t->hints, hint.value)) append_all(text, {"  ", out_.dim(hint_name(hint.tag))});
        text += '\n';
        for (const std::string& line : wrap(t->description, out_.width)) append_all(text, {line, "\n"});
        const auto word = [&](std::string_view label, std::string_view value) {
            if (!value.empty()) append_all(text, {out_.dim(label), " ", value, "\n"});
        };
        word("owner", sources_.owner_of(*t));
        word("version", t->version);
        word("group", t->group);
        word("category", t->category);
        word("tags", t->tags.text());
        if (t->origin) word("from", t->origin->text());
        if (!t->instructions.empty()) append_all(text, {"\n", out_.dim("instructions"), "\n", t->instructions, "\n"});
        const std::vector<parameter_outline> parameters = outline(t->input_schema);
        if (!parameters.empty()) {
            table rows({"parameter", "type", "", "about"});
            for (const parameter_outline& p : parameters) {
                const bool has_default = !p.required && !p.default_text.empty();
                const std::string need = concat({p.required    ? "required"
                                                 : has_default ? "= "
                                                               : "optional",
                                                 has_default ? p.default_text : ""});
                rows.row({p.name, p.type, need, p.description});
            }
            append_all(text, {"\n", rows.text(out_)});
        }
        append_all(text, {"\n", out_.dim("input schema"), "\n", pretty_json(t->input_schema, out_, 2)});
        if (!t->output_schema.empty())
            append_all(text, {"\n\n", out_.dim("output schema"), "\n", pretty_json(t->output_schema, out_, 2)});
        return print(text);
    }

    HAFT_COLD int call(words options) {
        call_options how = options_.call;
        std::string_view folder, name, arguments;
        std::size_t given = 0;  // of the two that are no options
        for (std::size_t i = 0; i < options.size(); ++i) {
            if (options[i] == "--lenient") how.mode = read_mode::lenient;
            else if (options[i].starts_with("--save=")) folder = options[i].substr(7);
            else if (options[i] == "--save" && i + 1 < options.size()) folder = options[++i];
            else if (options[i].starts_with("--"))
                return wrong_word("call does not know ", options[i], {"--lenient", "--save"});
            else (given++ ? arguments : name) = options[i];
        }
        if (given != 2)
            return wrong(
                "call wants a tool's name and one JSON object (in quotes), or - to read it from standard input");
        const tool* const t = names_.find(name);
        if (!t) return unknown_tool(name);
        std::string read;
        if (arguments == "-") {
            char part[4096];
            while (const std::size_t n = std::fread(part, 1, sizeof part, stdin)) read.append(part, n);
            arguments = read;
        }
        std::string text;
        std::vector<note> notes;
        call_display display(err_);
        const stop_on_interrupt interrupt;
        how.notes = &notes;
        how.listener = &display;
        how.stop = stop_token(interrupt);
        result_writer writer(text, json_ ? string_results::as_json : string_results::as_text, how);
        call_context context{t->name, how};
        t->run(arguments, context, writer);
        display.clear();
        for (const note& n : notes) say(err_.warn("Note: "), n.text());
        if (writer.failed()) return fail(writer.error());
        if (json_ && writer.attachments().empty()) return print(writer.form() == result_form::none ? "null" : text);
        return give(writer, std::move(text), folder, t->name);
    }

    /// Prints a result: the value, then what is attached in words, or where it was saved.
    HAFT_COLD int give(const result_writer& result, std::string text, std::string_view folder,
                       std::string_view name) const {
        const bool is_text = result.form() == result_form::text;
        if (result.form() == result_form::json && out_.colour) text = pretty_json(text, out_);
        if (is_text && text.ends_with('\n')) text.pop_back();
        bool anything = is_text || result.form() == result_form::json;
        std::size_t number = 0;
        for (const content_block& block : result.attachments()) {
            append_all(text, {anything ? "\n" : "", block_words(block)});
            anything = true;
            if (folder.empty()) continue;
            const haft::result<std::string> file = save_block(block, folder, name, ++number);
            if (!file) return fail(file.error().message);
            if (!file->empty()) append_all(text, {" ", *file});
        }
        return anything ? print(text) : exit_ok;
    }

    HAFT_COLD int serve(words options) {
        if (!options.empty()) return wrong("serve takes no arguments");
        if (::isatty(STDIN_FILENO) == 1)
            say(err_.dim(
                concat({name(), ": an MCP server on standard input and output; a client starts it. Ctrl-D ends it."})));
        mcp::server_options serving;
        serving.name = name();
        serving.version = options_.version;
        serving.instructions = options_.instructions;
        serving.call = options_.call;
        return mcp::serve_stdio(tools_, std::move(serving));
    }

    /// Of one client the configuration alone, so that it can be written to a file; where that is goes to standard error.
    HAFT_COLD int mcp_configuration(words clients) {
        const mcp_client* const wanted = clients.size() == 1 ? find_mcp_client(clients[0]) : nullptr;
        if (!clients.empty() && !wanted) {
            nearest_name nearest(clients[0]);
            for (const mcp_client& client : mcp_clients) nearest.consider(client.name);
            return wrong(
                concat({"mcp-config wants one of ", words_of(mcp_clients, ", "), ", or nothing for all of them"}),
                nearest.name());
        }
        const std::string executable = absolute_path(argv0_);
        std::string text;
        for (const mcp_client& client : mcp_clients) {
            if (wanted && &client != wanted) continue;
            const std::string heading = concat({client.title, ": ", client.place});
            if (wanted) say(err_.dim(heading));
            else append_all(text, {text.empty() ? "" : "\n\n", out_.bold(heading), "\n"});
            text += mcp_config(client, name(), executable);
        }
        return print(text);
    }

    /// `@FILE` is a file with one item in each line.
    HAFT_COLD static result<selector> read_selection(std::string_view text) {
        if (!text.starts_with('@')) return selector::parse(text);
        const std::string path(text.substr(1));
        std::FILE* const file = std::fopen(path.c_str(), "rb");
        if (!file) return error{errc::bad_selection, concat({"can't read the selection from ", in_quotes(path)})};
        std::string lines;
        char part[4096];
        while (const std::size_t n = std::fread(part, 1, sizeof part, file)) lines.append(part, n);
        std::fclose(file);
        for (char& c : lines)
            if (c == '\n') c = ',';
        return selector::parse(lines);
    }

    const toolset& tools_;
    const tool_sources& sources_;
    bool json_ = false;
    formats::name_map names_;
    const run_options& options_;
    std::string_view argv0_;
    std::string program_;
    terminal out_;
    terminal err_;
};

}  // namespace detail
}  // namespace host

/// The main function of a program that offers tools: `list`, `show NAME`, `explain NAME`, `call NAME JSON|-`, `serve` (MCP over standard
/// input and output) and `mcp-config`. Tools are found by either spelling of their names. Results go to standard output,
/// everything else to standard error. Returns the exit code: 0; 1 when the call gave an error or the tool does not exist;
/// 2 when the command line was wrong.
HAFT_LARGE int run(const toolset& tools, int argc, const char* const* argv, const run_options& options = {});

#if HAFT_DEFINES_LARGE()
HAFT_LARGE int run(const toolset& tools, int argc, const char* const* argv, const run_options& options) {
    const bool has_name = argc > 0;
    const host::set_sources sources(tools);
    return host::detail::command_line(tools, sources, options, has_name ? argv[0] : "haft")
        .run({has_name ? argv + 1 : argv, has_name ? argv + argc : argv});
}
#endif

}  // namespace haft::inline v0

#endif  // HAFT_HOST_RUN_HPP
