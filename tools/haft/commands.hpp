// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_COMMANDS_HPP
#define HAFT_TOOLS_HAFT_COMMANDS_HPP

/// The commands of `haft`: each picks what it needs of a session and hands it to what shows it.

#include "chat.hpp"
#include "command_line.hpp"
#include "on_hangup.hpp"
#include "on_nats.hpp"
#include "over_http.hpp"
#include "session.hpp"

#include <haft/core/read_file.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/call.hpp>
#include <haft/host/command_help.hpp>
#include <haft/host/completion_script.hpp>
#include <haft/host/configured_chat.hpp>
#include <haft/host/configured_host.hpp>
#include <haft/host/configured_values.hpp>
#include <haft/host/export_diff.hpp>
#include <haft/host/library_report.hpp>
#include <haft/host/list.hpp>
#include <haft/host/man_page.hpp>
#include <haft/host/new_project.hpp>
#include <haft/host/plugin_table.hpp>
#include <haft/host/program.hpp>
#include <haft/host/run_options.hpp>
#include <haft/host/serve.hpp>
#include <haft/host/show.hpp>
#include <haft/json/string_text.hpp>
#include <haft/plugin/library/check/run_checks.hpp>
#include <haft/version.hpp>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <unistd.h>

namespace haft_command {

using haft::host::program;

/// What is known of tools before there are any: for commands that need none, and for errors.
class no_tools final : public haft::host::tool_sources {
public:
    const haft::toolset& tools() const override { return none_; }
    haft::explanation explain(std::string_view name) const override { return {.name = std::string(name)}; }
    std::vector<haft::host::problem> problems() const override { return {}; }

private:
    haft::toolset none_;
};

/// The options in front of `serve` that bring another program here, wherever it is started.
inline std::vector<std::string> options_for_clients(const settings& said) {
    std::error_code problem;
    std::vector<std::string> out{"-C", std::filesystem::current_path(problem).string()};
    const auto add = [&](std::string_view name, const std::string& value) {
        out.emplace_back(name);
        out.push_back(value);
    };
    if (!said.config.empty()) add("--config", said.config);
    for (const std::string& one : said.plugins) add("--plugins", one);
    for (const std::string& one : said.set) add("--set", one);
    if (said.selects) add("--tools", said.tools);
    return out;
}

/// What went wrong with tools and plugins, on standard error.
inline void tell_problems(const program& p, const haft::host::tool_sources& of) {
    for (const haft::host::problem& one : of.problems()) p.say(p.err.warn("Warning: "), one.text);
}

/// What a project brings and nobody has agreed to.
inline void tell_untrusted(const program& p, const configured& from, const std::vector<project_place>& places) {
    for (const project_place& one : places) {
        if (one.libraries.empty() || one.state == trust::given) continue;
        std::string files;
        for (const std::string& library : one.libraries)
            haft::append_all(files, {files.empty() ? "" : ", ",
                                     haft::host::short_path((one.folder / library).string(), known_folders(from))});
        p.say(p.err.warn("Warning: "),
              haft::concat({"this project brings shared libraries, whose code could do whatever you can, and they are not loaded: ",
                            one.state == trust::changed ? "they are not what was trusted" : "nobody has trusted them", " (", files,
                            "); haft trust lets them in, --trust-project this once"}));
    }
}

/// Of a server that runs: the configuration as it is now, and the plugins as they lie there now. What can't be used changes nothing.
inline void reload(const program& p, const settings& said, haft::host::configured_host& host) {
    const auto fails = [&](const haft::error& e) { p.say(p.err.bad("Error: "), haft::concat({"nothing was loaded again: ", e.text()})); };
    const haft::result<configured> from = load_configuration(said);
    if (!from) return fails(from.error());
    auto selection = selection_of_line(said);
    if (!selection) return fails(selection.error());
    tell_untrusted(p, *from, project_places(said, *from));
    const haft::result<void> applied = host.apply(from->layers.merged(), std::move(*selection));
    tell_problems(p, host);
    if (!applied) return p.say(p.err.bad("Error: "), applied.error().text());
    p.say(p.err.dim("haft: the plugins were loaded again"));
}

/// The commands around tools.
inline int run_with_tools(const program& p, const std::string& command, const settings& said, haft::host::configured_host& host) {
    if (command != "check") tell_problems(p, p.sources);  // it tells them itself
    if (command == "list" && p.tools().empty() && said.format.empty() && !p.json)
        return p.say(p.err.dim("no tools are here; haft plugins says why")), haft::host::exit_ok;
    if (command == "list") return list(p, haft::host::list_options{said.format, said.strict, said.all});
    if (command == "show") return show(p, std::string_view(said.name));
    if (command == "explain") return explain(p, std::string_view(said.name));
    if (command == "check") return list_check(p, said.strict);
    if (command == "call")
        return call(p, haft::host::call_request{said.name, said.arguments, said.save, said.lenient});
    const on_hangup reloads([&] { reload(p, said, host); });
#if HAFT_COMMAND_SERVES_HTTP
    if (!said.http.empty()) return serve_over_http(p, {said.http, said.token_file, said.hosts, said.leave_time, said.drain_time});
#else
    if (!said.http.empty()) return p.fail("this haft was built without OpenSSL, so it does not serve over HTTP");
#endif
#if HAFT_COMMAND_ON_NATS
    if (!said.nats.empty()) return serve_on_nats(p, {said.nats, said.service, said.credentials_file, said.ca_file, said.threads});
#else
    if (!said.nats.empty()) return p.fail("this haft was built without libnats, so it does not serve on NATS");
#endif
    return serve(p);
}

inline int show_config(const program& p, const configured& from, const settings& said) {
    std::string pointer;
    if (!said.key.empty()) {
        haft::result<std::string> read = haft::host::pointer_of_key(said.key);
        if (!read) return p.fail(read.error());
        pointer = std::move(*read);
        if (!from.layers.merged().find(pointer)) return p.fail(haft::host::nothing_configured(from.layers.merged(), pointer));
    }
    // What merges can still be nonsense.
    const haft::result<haft::plugins_config> plugins = haft::plugins_of(from.layers.merged());
    const auto selection = haft::selection_of(from.layers.merged());
    const auto chats = haft::host::chat_config_of(from.layers.merged(), [&](const haft::config_origin& at) { return is_users_own(said, from, at); });
    int code = haft::host::exit_ok;
    if (said.origin && p.json) code = p.print(haft::host::config_origins_json(from.layers, pointer));
    else if (said.origin) code = p.print(haft::host::config_origins_text(from.layers, pointer, p.out));
    else if (p.json) code = p.print(haft::host::config_json(from.layers.merged(), pointer));
    else if (const std::string text = haft::host::config_text(from.layers, pointer, p.out); !text.empty()) code = p.print(text);
    for (const std::string& one : haft::host::unread_sections(from.layers.merged(), {"plugins", "plugin", "mcp", "tools", "chat"}))
        p.say(p.err.warn("Warning: "), one);
    if (!plugins) p.say(p.err.bad("Error: "), plugins.error().text());
    if (!selection) p.say(p.err.bad("Error: "), selection.error().text());
    if (!chats) p.say(p.err.bad("Error: "), chats.error().text());
    return plugins && selection && chats ? code : haft::host::exit_failed;
}

/// `trust`
inline int trust_project(const program& p, const settings& said, const configured& from, std::vector<project_place> places) {
    const trust_book book(state_folder(environment()));
    std::string text, json;
    for (project_place& one : places) {
        const std::string folder = haft::host::short_path(one.folder.string(), known_folders(from));
        if (said.forget) {
            if (!book.forget(one)) continue;
            haft::append_all(text, {text.empty() ? "" : "\n", "forgotten: ", folder});
            haft::append_all(json, {json.empty() ? "" : ",", haft::json::string_text(one.folder.string())});
            continue;
        }
        if (one.empty()) continue;
        if (const haft::result<void> done = book.remember(one); !done) return p.fail(done.error());
        for (const std::string& file : one.brings()) {
            haft::append_all(text, {text.empty() ? "" : "\n", "trusted: ", haft::host::short_path(haft::concat({folder, "/", file}), {})});
            haft::append_all(json, {json.empty() ? "" : ",", haft::json::string_text((one.folder / file).string())});
        }
    }
    if (p.json) return p.print(haft::concat({"{\"", said.forget ? "forgotten" : "trusted", "\":[", json, "]}"}));
    if (!text.empty()) return p.print(text);
    return p.say(p.err.dim(said.forget ? "nothing of this project was trusted" : "this project brings no plugins")),
           haft::host::exit_ok;
}

/// `trust --tool`
inline int trust_tool(const program& p, const settings& said, const configured& from, const haft::logger& log) {
    const haft::host::mcp_servers_options options = server_options(said, from, "trust", log);
    if (said.forget) {
        const haft::result<bool> known = haft::host::forget_tool(options, said.agreed);
        if (!known) return p.fail(known.error());
        if (p.json) return p.print(haft::concat({"{\"forgotten\":[", *known ? haft::json::string_text(said.agreed) : "", "]}"}));
        if (*known) return p.print(haft::concat({"forgotten: ", said.agreed}));
        return p.say(p.err.dim("nothing was known of that tool")), haft::host::exit_ok;
    }
#if HAFT_COMMAND_ON_NATS
    std::optional<haft::result<std::vector<haft::host::agreed_tool>>> on_nats = agree_on_nats(from.layers.merged(), nats_options(said, from, log), said.agreed);
    const auto agreed = on_nats ? std::move(*on_nats) : haft::host::agree_to_tools(from.layers.merged(), options, said.agreed);
#else
    const auto agreed = haft::host::agree_to_tools(from.layers.merged(), options, said.agreed);
#endif
    if (!agreed) return p.fail(agreed.error());
    std::string text, json;
    for (const haft::host::agreed_tool& one : *agreed) {
        haft::append_all(json, {json.empty() ? "" : ",", haft::json::string_text(one.name)});
        haft::append_all(text, {text.empty() ? "" : "\n", "trusted: ", one.name});
        if (!one.difference.empty()) haft::append_all(text, {" (", one.difference, " changed)"});
        if (agreed->size() > 1 && one.difference.empty()) continue;
        haft::append_all(text, {"\n  ", haft::host::on_screen(one.now.description), "\n  ", haft::host::on_screen(one.now.input_schema)});
    }
    return p.print(p.json ? haft::concat({"{\"trusted\":[", json, "]}"}) : text);
}

/// The commands that read the configuration.
inline int run_configured(program& p, const std::string& command, const settings& said, const haft::run_options& options,
                          std::string_view usage) {
    haft::result<haft::logger> log = logger_of(said, p.err);
    if (!log) return p.fail(log.error()), haft::host::exit_usage;
    const haft::result<configured> from = load_configuration(said);
    if (!from) return p.fail(from.error());
    if (command == "config") return show_config(p, *from, said);
    const std::vector<project_place> of_project = project_places(said, *from);
    if (command == "trust" && !said.agreed.empty()) return trust_tool(p, said, *from, *log);
    if (command == "trust") return trust_project(p, said, *from, of_project);
    haft::result<haft::configured_plugins_options> how = plugin_options(said, *from, command, std::move(*log));
    if (!how) return p.fail(how.error());
    tell_untrusted(p, *from, of_project);
    auto selection = selection_of_line(said);
    if (!selection) return p.fail(selection.error());

    haft::host::configured_host host(std::move(*how));
    const haft::result<void> applied = host.apply(from->layers.merged(), std::move(*selection));
    if (command == "plugins") {
        const std::vector<haft::plugin_status> all = host.status();
        if (p.json) return p.print(haft::host::plugins_json(all));
        for (const std::vector<haft::error>* told : {&host.applied().problems, &host.applied().warnings})
            for (const haft::error& e : *told) p.say(p.err.warn("Warning: "), e.text());
        if (!applied) p.say(p.err.warn("Warning: "), applied.error().text());
        if (all.empty()) return p.say(p.err.dim("no plugins are here; haft explain NAME says where they are looked for")), haft::host::exit_ok;
        return p.print(haft::host::plugins_text(all, known_folders(*from), p.out));
    }
    if (!applied) {
        tell_problems(p, host);
        return p.fail(applied.error());
    }
    if (command == "chat") {
        tell_problems(p, host);
#if HAFT_COMMAND_CHATS
        return chat(p, said, *from, of_project, host);
#else
        return p.fail("this haft was built without chat, which needs OpenSSL 3 and Boost 1.86");
#endif
    }
    program with_tools(host, options, p.argv0);
    with_tools.out = p.out;
    with_tools.err = p.err;
    with_tools.json = p.json;
    with_tools.usage_of_host = usage;
    return run_with_tools(with_tools, command, said, host);
}

/// The exit codes of `diff`.
enum : int { diff_same = 0, diff_differs = 1, diff_breaking = 2, diff_failed = 3 };

inline int diff(const program& p, const settings& said) {
    const auto read = [&](const std::string& file, std::string& text) -> haft::result<std::vector<haft::host::exported_tool>> {
        constexpr std::size_t most = 256u << 20;
        std::string why;
        if (file == "-") {
            char part[4096];
            while (const std::size_t n = std::fread(part, 1, sizeof part, stdin)) text.append(part, n);
        } else if (!haft::read_file(file, most, text, why)) {
            return haft::error{haft::errc::unread_file, haft::concat({file, ": ", why})};
        }
        return haft::host::read_export(text, file == "-" ? "standard input" : std::string_view(file));
    };
    if (said.old_file == "-" && said.new_file == "-") return p.fail("only one of the two can come from standard input"), diff_failed;
    std::string old_text, new_text;
    const auto before = read(said.old_file, old_text);
    if (!before) return p.fail(before.error()), diff_failed;
    const auto after = read(said.new_file, new_text);
    if (!after) return p.fail(after.error()), diff_failed;
    const std::vector<haft::host::export_change> changes = haft::host::compare_exports(*before, *after);
    int printed = haft::host::exit_ok;
    if (p.json) printed = p.print(haft::host::changes_json(changes));
    else if (!changes.empty()) printed = p.print(haft::host::changes_text(changes, p.out));
    if (printed != haft::host::exit_ok) return diff_failed;
    switch (haft::host::worst_of(changes)) {
        case haft::host::impact::none: return diff_same;
        case haft::host::impact::breaking: return diff_breaking;
        default: return diff_differs;
    }
}

/// The words that make this program the process of one check: `haft check --one ID CONFIG FILE`.
inline constexpr std::string_view one_check = "--one";

/// `check FILE`
inline int check_file(const program& p, const settings& said) {
    std::error_code problem;
    haft::library_check_request how{.file = said.file, .words = {"haft", "check", std::string(one_check)}};
    if (!said.arguments.empty()) how.config = said.arguments;
    how.program = std::filesystem::read_symlink("/proc/self/exe", problem);
    const auto rows = haft::check_library(how);
    if (!rows) return p.fail(rows.error());
    const int printed = p.print(p.json ? haft::host::library_json(*rows) : haft::host::library_text(*rows, said.all, p.out));
    const haft::host::library_counts counts = haft::host::count_of(*rows);
    return counts.failed || (said.strict && counts.warned) ? haft::host::exit_failed : printed;
}

/// `new plugin`, `new server`
inline int begin_project(const program& p, const std::string& command, const settings& said) {
    const bool is_library = said.kind == "library";
    if (!said.kind.empty() && !is_library && said.kind != "declarative")
        return p.wrong_word("new plugin knows no kind ", said.kind, {"declarative", "library"});
    if (const haft::result<void> legal = haft::host::check_project_name(said.name); !legal) return p.fail(legal.error());
    const auto kind = command == "new server" ? haft::host::project_kind::server
                      : is_library            ? haft::host::project_kind::library_plugin
                                              : haft::host::project_kind::declarative_plugin;
    const std::vector<haft::host::project_file> files = haft::host::project_files(kind, said.name);
    if (const haft::result<void> written = haft::host::write_project(said.name, files); !written) return p.fail(written.error());
    std::string text;
    for (const haft::host::project_file& one : files) haft::append_all(text, {text.empty() ? "" : "\n", said.name, "/", one.name});
    const std::string then =
        kind == haft::host::project_kind::declarative_plugin
            ? haft::concat({"next: haft --plugins ", said.name, " list"})
            : haft::concat({"next: cmake -S ", said.name, " -B ", said.name, "/build && cmake --build ", said.name, "/build"});
    p.say(p.err.dim(then));
    return p.print(text);
}

inline std::vector<haft::host::description_section> manual_sections() {
    return {{"EXIT STATUS",
             {{"0", "It did what it was asked to."},
              {"1", "A call gave an error, something does not exist, the configuration can't be used."},
              {"2", "The command line is wrong."}}},
            {"ENVIRONMENT",
             {{"HAFT_TOOLS", "The tools that are shown, a list with commas; empty shows none. --tools wins."},
              {"HAFT_PLUGINS", "The plugins that may be loaded, a list with commas."},
              {"HAFT_PLUGIN_WEATHER_DAYS", "Replaces plugin.weather.days of the files; so does the like for each of their values."},
              {"HAFT_LOG", "As --log-level, which wins."},
              {"HAFT_CHAT_BASE_URL, HAFT_CHAT_MODEL, HAFT_CHAT_API_KEY_ENV", "As --url, --model and --key-env of chat, which win."},
              {"OPENAI_API_KEY", "The key for OpenAI's own API."},
              {"HAFT_MCP_TOKEN", "What clients of serve --http must show, if no --token-file says it."},
              {"HAFT_NATS_TOKEN", "The token of the NATS server of serve --nats, where it wants one."},
              {"VISUAL, EDITOR", "The editor of a chat's !edit."},
              {"XDG_CONFIG_HOME, XDG_CONFIG_DIRS, XDG_DATA_HOME, XDG_DATA_DIRS, XDG_STATE_HOME, HOME",
               "Where the files and plugins below lie."},
              {"NO_COLOR", "No colour, if it is not empty."}}},
            {"FILES",
             {{"haft.toml", "The project's configuration: of the working folder, or of the nearest one above it that has one."},
              {"$XDG_CONFIG_HOME/haft/haft.toml", "The user's."},
              {"/etc/xdg/haft/haft.toml", "The system's."},
              {".haft/plugins", "The project's plugins. They come before those of the user, and these before those of packages."},
              {"$XDG_CONFIG_HOME/haft/templates", "The user's templates for chats, name.json each."},
              {"$XDG_CONFIG_HOME/haft/plugins, $XDG_DATA_HOME/haft/plugins", "The user's plugins."},
              {"/usr/local/share/haft/plugins, /usr/share/haft/plugins", "Plugins of packages."},
              {"$XDG_STATE_HOME/haft/mcp", "What the tools of MCP servers were when they were first seen."},
              {"$XDG_STATE_HOME/haft/trusted", "Which projects' plugins are trusted; see haft trust."},
              {"$XDG_STATE_HOME/haft/loading", "Marks of what is being loaded: a library that has ended haft is not loaded again."}}}};
}

inline int print_completion(const program& p, const haft::host::command_description& all, std::string_view shell) {
    const std::string script = haft::host::completion_script(all, shell);
    if (script.empty()) return p.wrong_word("completion knows no shell ", shell, {"bash", "zsh", "fish"});
    return p.print(script);
}

/// Reads the command line and does what it says.
inline int run(int argc, const char* const* argv) {
    if (argc == 6 && argv[1] == std::string_view("check") && argv[2] == one_check)
        return haft::run_library_check(argv[3], argv[4], argv[5]);
    settings said;
    command_line line(said);
    std::string wrong;
    try {
        line.app.parse(argc, argv);
    } catch (const CLI::ParseError& e) { wrong = e.what(); }
    const std::string command = line.command();

    haft::run_options options;
    options.name = "haft";
    options.version = HAFT_VERSION;
    const no_tools nothing;
    program p(nothing, options, argc > 0 ? argv[0] : "haft");
    p.json = said.json;
    const bool known_colour = said.colour.empty() || said.colour == "auto" || said.colour == "always" || said.colour == "never";
    const auto how = said.colour == "always"  ? haft::host::colouring::always
                     : said.colour == "never" ? haft::host::colouring::never
                                              : haft::host::colouring::on_terminals;
    p.out = haft::host::terminal::of(STDOUT_FILENO, how);
    p.err = haft::host::terminal::of(STDERR_FILENO, how);

    const haft::host::command_description all = described(line.app), here = described(*line.given().back());
    const std::string before = command.find(' ') != command.npos ? "haft " + command.substr(0, command.rfind(' '))
                               : command.empty()                 ? ""
                                                                 : "haft";
    const std::string usage = haft::concat({"usage: ", before, before.empty() ? "" : " ", here.usage(), "\nhaft ", command,
                                            command.empty() ? "" : " ", "--help says more"});
    p.usage_of_host = usage;
    if (line.asks_for_help())
        return p.print(help_text(here, before, command.empty() ? std::vector<haft::host::option_description>() : all.options, p.out));
    if (line.asks_for_version()) return p.print("haft " HAFT_VERSION);
    if (const std::string unknown = unknown_words(line); !unknown.empty()) return p.wrong(unknown);
    if (!wrong.empty()) return p.wrong(wrong);
    if (!known_colour) return p.wrong_word("--color does not know ", said.colour, {"auto", "always", "never"});
    if (!here.commands.empty()) return p.say(help_text(here, before, {}, p.err)), haft::host::exit_usage;

    if (!said.folder.empty()) {
        std::error_code problem;
        std::filesystem::current_path(said.folder, problem);
        if (problem) return p.fail(haft::concat({"-C ", haft::in_quotes(said.folder), ": ", problem.message()}));
    }
    if (command == "completion") return print_completion(p, all, said.shell);
    if (command == "man") return p.print(haft::host::man_page(all, HAFT_VERSION, manual_sections()));
    if (command == "diff") return diff(p, said);
    if (command == "check" && !said.file.empty()) return check_file(p, said);
    if (command.starts_with("new ")) return begin_project(p, command, said);
    if (command == "mcp-config") return mcp_configuration(p, std::string_view(said.client), options_for_clients(said));
    return run_configured(p, command, said, options, usage);
}

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_COMMANDS_HPP
