// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_COMMAND_LINE_HPP
#define HAFT_TOOLS_HAFT_COMMAND_LINE_HPP

/// What the command line of `haft` may say, and what it has said. Help, completion and the manual are made of the same description.

#include <haft/core/concat.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/host/command_description.hpp>
#include <haft/host/completion_script.hpp>
#include <haft/host/list_format.hpp>
#include <haft/host/mcp_config.hpp>
#include <haft/host/new_project.hpp>
#include <haft/host/program.hpp>

#include <CLI/CLI.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace haft_command {

/// Everything that was said.
struct settings {
    std::string folder;                ///< -C
    std::string config;                ///< --config
    std::vector<std::string> plugins;  ///< --plugins
    bool trust_project = false;        ///< --trust-project
    std::vector<std::string> set;      ///< --set
    std::string tools;                 ///< --tools
    bool selects = false;              ///< whether it was there
    std::string colour;                ///< --color
    std::string log;                   ///< --log-level
    bool json = false;

    std::string name, arguments;       ///< of call, show, explain, new
    std::string file;                  ///< of check
    std::string http;                  ///< of serve
    std::string nats;                  ///< of serve
    std::optional<std::string> service, credentials_file, ca_file;  ///< of serve --nats
    std::size_t threads = 4;
    std::optional<std::string> token_file, leave_time, drain_time;
    std::vector<std::string> hosts;    ///< of serve
    std::string agreed;                ///< of trust: --tool
    std::string format, save, client, key, shell, kind, old_file, new_file;
    bool strict = false, all = false, lenient = false, origin = false, forget = false;

    std::string url, model, key_env, system, form;       ///< of chat
    std::vector<std::string> picked, fragments, values;  ///< -T, -f, --param
};

/// The description for CLI11, bound to settings.
class command_line {
public:
    explicit command_line(settings& to) : app("List, call and serve the tools of plugins", "haft"), to_(to) {
        app.allow_extras();
        app.fallthrough();
        app.set_help_flag();
        app.require_subcommand(0, 1);
        app.footer(
            "Plugins are found in the folders that the configuration names and in the usual ones: .haft/plugins of the project, "
            "haft/plugins in the user's and the system's data folders. What the configuration says comes from haft.toml of the system, "
            "the user and the project, from variables and from this command line.");
        common();
        tools();
        chat();
        rest();
    }
    CLI::App app;

    /// Every app of the line, from the top to the command that was given.
    std::vector<const CLI::App*> given() const {
        std::vector<const CLI::App*> out{&app};
        for (;;) {
            const std::vector<CLI::App*> next = out.back()->get_subcommands();
            if (next.empty()) return out;
            out.push_back(next.front());
        }
    }
    /// `new plugin`; "" if no command was given.
    std::string command() const {
        std::string out;
        for (const CLI::App* one : given())
            if (one != &app) haft::append_all(out, {out.empty() ? "" : " ", one->get_name()});
        return out;
    }
    bool asks_for_help() const { return help_; }
    bool asks_for_version() const { return version_; }

private:
    static CLI::Option* repeated(CLI::Option* one) {
        return one->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }

    void common() {
        const auto text = [&](const char* names, std::string& where, const char* value, const char* about) {
            return app.add_option(names, where, about)->type_name(value)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        };
        text("-C", to_.folder, "DIR", "Work as if started in that folder");
        text("--config", to_.config, "FILE", "This configuration instead of the project's haft.toml");
        repeated(app.add_option("--plugins", to_.plugins, "Look for plugins there first; may be given again")->type_name("DIR"));
        app.add_flag("--trust-project", to_.trust_project,
                     "This once, use the plugins of the project though nobody has trusted them: their code can do whatever you can");
        repeated(app.add_option("--set", to_.set, "A value of the configuration, as plugin.weather.days=5; may be given again")
                     ->type_name("KEY=VALUE"));
        text("--tools", to_.tools, "SELECTION", "Only these tools: names, globs, hint:read-only, !name, or @FILE with one on each line")
            ->each([this](const std::string&) { to_.selects = true; });
        app.add_flag("--json", to_.json, "Lists, results and errors as JSON");
        text("--color", to_.colour, "auto|always|never", "When there is colour");
        text("--log-level", to_.log, "LEVEL", "Tell what happens: debug, info, notice, warning, error, or with a channel, debug:plugins");
        app.add_flag("-h,--help", help_, "What this, or a command, does");
        app.add_flag("--version", version_, "The version");
    }

    /// `bash|zsh|fish`
    static std::string choice_of(const auto& names) {
        std::string out;
        for (const std::string_view one : names) haft::append_all(out, {out.empty() ? "" : "|", one});
        return out;
    }
    static CLI::App* add(CLI::App& of, const char* name, const char* about, const char* details = "") {
        CLI::App* const out = of.add_subcommand(name, about);
        out->footer(details);
        return out;
    }
    static CLI::Option* argument(CLI::App* of, const char* name, std::string& where, const std::string& value, const char* about,
                                 bool required = true) {
        CLI::Option* const out = of->add_option(name, where, about)->type_name(value);
        return out->required(required);
    }

    void tools() {
        CLI::App* const list = add(app, "list", "The tools, for people or for a provider");
        list->add_option("--format", to_.format, "How: for people, for programs, or as a provider wants it")
            ->type_name("text|json|names|" + haft::host::words_of(haft::host::list_formats, "|"));
        list->add_flag("--strict", to_.strict, "Schemas for the provider's strict mode");
        list->add_flag("--all", to_.all, "Deferred tools too, which a provider's first prompt is better without");

        CLI::App* const show = add(app, "show", "One tool: its words, parameters and schemas");
        argument(show, "NAME", to_.name, "TOOL", "The tool, in either spelling of its name");

        CLI::App* const call = add(app, "call", "Call a tool",
                                   "The result goes to standard output, what the tool tells meanwhile to standard error. Ctrl-C asks it to "
                                   "stop.");
        argument(call, "NAME", to_.name, "TOOL", "The tool");
        argument(call, "JSON", to_.arguments, "ARGUMENTS", "Its arguments, a JSON object; - reads it from standard input");
        call->add_flag("--lenient", to_.lenient, "\"3\" will do for 3, and unknown names are dropped");
        call->add_option("--save", to_.save, "Write images and other files to that folder")->type_name("DIR");

        CLI::App* const explain = add(app, "explain", "Why a tool or a plugin is there, or missing");
        argument(explain, "NAME", to_.name, "TOOL", "The name of a tool or plugin");

        CLI::App* const serve = add(app, "serve", "Be an MCP server on standard input and output, or over HTTP, or a service on NATS",
                                    "Deferred tools are listed too, since a client has no other way to find them. Over HTTP who calls must "
                                    "show the token of --token-file, or of the variable HAFT_MCP_TOKEN, where there is one. SIGHUP has it look at "
                                    "the configuration and the plugins again; clients are told what changed. On NATS it shares the calls with all others of "
                                    "the same service.");
        serve->add_option("--http", to_.http, "Over HTTP there; port 0 is one that is free")->type_name("ADDRESS:PORT");
        serve->add_option("--token-file", to_.token_file, "With --http: the token that clients must show")->type_name("FILE");
        repeated(serve->add_option("--host", to_.hosts, "With --http: a name by which this host is reached, beside localhost; may be given again")
                     ->type_name("NAME"));
        serve->add_option("--leave-time", to_.leave_time, "With --http: after SIGTERM serve on for so long, while /health says 503, so that a load "
                                                          "balancer takes it out; 0 if it is not given")
            ->type_name("SECONDS");
        serve->add_option("--drain-time", to_.drain_time, "With --http: calls that are under way then may end within that; 1.5 s if it is not given")
            ->type_name("SECONDS");
        serve->add_option("--nats", to_.nats, "As a service on NATS; several addresses with commas")->type_name("URL")->excludes("--http");
        serve->add_option("--service", to_.service, "With --nats: the name of the service, which several share; else haft")->type_name("NAME");
        serve->add_option("--threads", to_.threads, "With --nats: how many calls run at once")->type_name("N")->check(CLI::Range(1, 10000));
        serve->add_option("--credentials", to_.credentials_file, "With --nats: a file with a user's credentials")->type_name("FILE");
        serve->add_option("--ca", to_.ca_file, "With --nats: the certificates that the server's must be signed by")->type_name("FILE");
        CLI::App* const clients = add(app, "mcp-config", "What MCP clients want to have in their files so that they start this");
        argument(clients, "CLIENT", to_.client, haft::host::words_of(haft::host::mcp_clients, "|"), "One client; all of them without", false);
    }

    void chat() {
        CLI::App* const chat = add(app, "chat", "Chat with a model that can call the tools",
                                   "The model is behind an OpenAI-compatible API. What only reads or adds is called, of anything else you are asked. "
                                   "!multi begins a message of several lines and !end ends it, !edit opens $VISUAL or $EDITOR, !fragment puts "
                                   "fragments before the message, /name gives a command or calls a tool, exit leaves.");
        const auto text = [&](const char* names, std::string& where, const char* value, const char* about) {
            return chat->add_option(names, where, about)->type_name(value)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        };
        text("-m,--model", to_.model, "NAME", "The model, as its provider calls it, or one that a plugin brings");
        text("--url", to_.url, "URL", "Where the API is, such as http://127.0.0.1:8080/v1");
        text("--key-env", to_.key_env, "VARIABLE", "The variable of the environment that holds the key; OPENAI_API_KEY for OpenAI's own API");
        text("-s,--system", to_.system, "TEXT", "Instructions for the model");
        repeated(chat->add_option("-T,--tool", to_.picked, "Only these: names, globs, hints, or a toolbox as Files(\"/data\"); may be given again")
                     ->type_name("SPEC"));
        text("-t,--template", to_.form, "NAME", "A template that each message goes through: a file, one of yours, or prefix:name");
        repeated(chat->add_option("-p,--param", to_.values, "A value of a variable of the template; may be given again")->type_name("NAME=VALUE"));
        repeated(chat->add_option("-f,--fragment", to_.fragments, "Before the first message: a file, or prefix:argument; may be given again")
                     ->type_name("SPEC"));
    }

    void rest() {
        add(app, "plugins", "The plugins: which are loaded, what they bring, why others are not");

        CLI::App* const trust = add(app, "trust", "Let the plugins of this project run, as they are now, or agree to a tool of an MCP server",
                                    "Their code can do whatever you can: shared libraries as soon as they are loaded, hooks as soon as a chat "
                                    "begins. When one of their files changes, or another comes, they wait until they are trusted again. What "
                                    "comes from your own and the system's folders needs none of this. With --tool the server is started, what the "
                                    "tool says of itself now is shown, and from now on it counts as agreed to.");
        trust->add_flag("--forget", to_.forget, "Take it back");
        trust->add_option("--tool", to_.agreed, "A tool that is left out since it is not what it was; or all of a server's")
            ->type_name("SERVER.TOOL|SERVER");

        CLI::App* const config = add(app, "config", "The configuration, all layers merged; secrets are hidden");
        argument(config, "KEY", to_.key, "KEY", "Only what stands there, as plugin.weather", false);
        config->add_flag("--origin", to_.origin, "Where each value was written, and what it shadows");

        CLI::App* const check = add(app, "check", "What is doubtful about the tools and plugins, or whether a shared library is a sound plugin",
                                        "Exits with 1 at an error. With a FILE its code is run, each check in a process of its own: what is "
                                        "wrong with it shows as a row of a table. Tools that say that they are read-only are called.");
        argument(check, "FILE", to_.file, "FILE", "A plugin that is a shared library; without, the tools of all plugins are looked at", false);
        check->add_flag("--strict", to_.strict, "Exit with 1 at a warning, too");
        check->add_flag("--all", to_.all, "With a FILE: show what passed, too");
        check->add_option("--with", to_.arguments, "With a FILE: the plugin's configuration; without, a plain one that fits its schema")
            ->type_name("JSON");

        CLI::App* const diff = add(app, "diff", "What changed between two exports of tools, and whom that breaks",
                                   "An export is what haft list --json prints, or MCP's answer to tools/list. Each change is breaking (some "
                                   "calls are refused now, or some results are unlike what was told), compatible, or cache-only: the same to "
                                   "callers, but what is cached of a prompt is lost. Exits with 0 where nothing differs, 1 where something "
                                   "does, 2 where a change is breaking, 3 where the two can't be compared.");
        argument(diff, "OLD", to_.old_file, "FILE", "The export before; - reads it from standard input");
        argument(diff, "NEW", to_.new_file, "FILE", "The export after");

        CLI::App* const begin = add(app, "new", "Begin a project: a folder of a few files that work as they are");
        begin->require_subcommand(0, 1);
        CLI::App* const plugin = add(*begin, "plugin", "A plugin");
        argument(plugin, "NAME", to_.name, "NAME", "Its name, and that of its folder");
        plugin->add_option("--kind", to_.kind, "A folder of programs (the default), or a shared library in C++")
            ->type_name(choice_of(haft::host::plugin_kinds));
        CLI::App* const server = add(*begin, "server", "A program of one's own that is an MCP server");
        argument(server, "NAME", to_.name, "NAME", "Its name, and that of its folder");

        CLI::App* const completion = add(app, "completion", "The script that completes this command in a shell",
                                         "For bash: source <(haft completion bash). For zsh: into a file _haft in a folder of $fpath. For "
                                         "fish: haft completion fish | source.");
        argument(completion, "SHELL", to_.shell, choice_of(haft::host::completed_shells), "The shell");
        add(app, "man", "The page of the manual, in roff", "To read it: haft man | man -l -");
    }

    settings& to_;
    bool help_ = false, version_ = false;
};

/// One option or argument in words.
inline haft::host::option_description described(const CLI::Option& one) {
    haft::host::option_description out;
    if (one.get_positional()) {
        out.names.push_back(one.get_name(true));
    } else {
        for (const std::string& name : one.get_snames()) out.names.push_back("-" + name);
        for (const std::string& name : one.get_lnames()) out.names.push_back("--" + name);
    }
    if (one.get_expected_max() > 0) out.value = one.get_type_name();
    out.about = one.get_description();
    out.required = one.get_required();
    out.repeats = one.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
    return out;
}

/// A command and those within it in words.
inline haft::host::command_description described(const CLI::App& of) {
    haft::host::command_description out{.name = of.get_name(), .about = of.get_description(), .details = of.get_footer()};
    for (const CLI::Option* one : of.get_options())
        (one->get_positional() ? out.arguments : out.options).push_back(described(*one));
    for (const CLI::App* one : of.get_subcommands(std::function<bool(const CLI::App*)>())) out.commands.push_back(described(*one));
    return out;
}

/// What is wrong with words that no command knows, or "". The nearest name is one of the command's own or one that every command
/// has.
inline std::string unknown_words(const command_line& line) {
    const std::vector<std::string> words = line.app.remaining(true);
    if (words.empty()) return {};
    const std::string& wrong = words.front();
    const CLI::App& at = *line.given().back();
    haft::nearest_name nearest(wrong);
    const haft::host::command_description here = described(at), top = described(line.app);
    std::vector<std::string> names;
    if (wrong.starts_with('-')) {
        for (const auto* options : {&here.options, &top.options})
            for (const auto& one : *options) names.insert(names.end(), one.names.begin(), one.names.end());
    } else {
        for (const auto& one : here.commands) names.push_back(one.name);
    }
    for (const std::string& one : names) nearest.consider(one);
    const std::string command = line.command();
    std::string out = wrong.starts_with('-')       ? haft::concat({command.empty() ? "haft" : command, " knows no option ", haft::in_quotes(wrong)})
                      : here.commands.empty()      ? haft::concat({command, " does not take ", haft::in_quotes(wrong)})
                                                   : haft::concat({"no command ", haft::in_quotes(wrong)});
    haft::append_did_you_mean(out, nearest.name());
    return out;
}

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_COMMAND_LINE_HPP
