// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_SESSION_HPP
#define HAFT_TOOLS_HAFT_SESSION_HPP

/// What the commands share: the configuration as the command line, the environment and the files have it, and the host of it.

#include "command_line.hpp"
#include "on_nats.hpp"
#include "over_http.hpp"
#include "project_trust.hpp"

#include <haft/config/config_files.hpp>
#include <haft/config/load_layers.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/plugin_settings.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/configured_host.hpp>
#include <haft/host/mcp_servers.hpp>
#include <haft/host/plugin_table.hpp>
#include <haft/host/program.hpp>
#include <haft/host/screen_text.hpp>
#include <haft/host/terminal.hpp>
#include <haft/os/variables.hpp>
#include <haft/plugin/plugin_places.hpp>
#include <haft/plugin/plugin_status.hpp>
#include <haft/tool/asker.hpp>
#include <haft/tool/log.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <unistd.h>

namespace haft_command {

inline const haft::environment_function& environment() {
    static const haft::environment_function variables = haft::process_environment;
    return variables;
}

/// Silent unless somebody asks.
inline haft::result<haft::logger> logger_of(const settings& said, const haft::host::terminal& to) {
    const std::string variable = environment()("HAFT_LOG").value_or("");
    const bool on_line = !said.log.empty();
    if (!on_line && variable.empty()) return haft::logger();
    const haft::result<haft::log_setting> setting =
        haft::parse_log_setting(on_line ? said.log : variable, on_line ? "--log-level" : "HAFT_LOG");
    if (!setting) return setting.error();
    return haft::logger(
        [to](haft::log_level level, std::string_view channel, std::string_view message) {
            const std::string name(haft::name_of(level));
            const std::string line =
                haft::concat({level >= haft::log_level::error     ? to.bad(name)
                              : level >= haft::log_level::warning ? to.warn(name)
                                                                  : to.dim(name),
                              ": ", channel, ": ", message, "\n"});
            std::fwrite(line.data(), 1, line.size(), stderr);
        },
        *setting);
}

/// The configuration and where it came from.
struct configured {
    haft::config_files files;
    haft::config_layers layers;
};

inline haft::result<configured> load_configuration(const settings& said) {
    configured out;
    haft::result<haft::config_files> files = haft::usual_config_files(".", environment());
    if (!said.config.empty()) {
        if (!files) files = haft::config_files();
        std::error_code problem;
        if (!std::filesystem::exists(said.config, problem))
            return haft::error{haft::errc::unread_config, haft::concat({said.config, ": this file is not there"})};
        files->project = {said.config};
        files->folder = std::filesystem::absolute(said.config, problem).lexically_normal().parent_path();
    }
    if (!files) return std::move(files.error());
    out.files = std::move(*files);
    haft::config_sources from;
    from.system = out.files.system;
    from.user = out.files.user;
    from.project = out.files.project;
    from.variables = {"/chat/base_url", "/chat/model", "/chat/api_key_env", "/chat/system"};
    from.settings = said.set;
    from.load.environment = environment();
    haft::result<haft::config_layers> layers = haft::load_layers(from);
    if (!layers) return std::move(layers.error());
    out.layers = std::move(*layers);
    return out;
}

/// Whether the user, the system or the command line has written something, and not a project that was only visited.
inline bool is_users_own(const haft::config_files& files, const haft::config_origin& at) {
    const std::string source = at.source ? *at.source : std::string();
    if (source == "command line" || source.starts_with("environment variable ")) return true;
    for (const auto* own : {&files.system, &files.user})
        if (std::find(own->begin(), own->end(), std::filesystem::path(source)) != own->end()) return true;
    return false;
}

/// The same, or whoever started this has named the file that says it.
inline bool is_users_own(const settings& said, const configured& from, const haft::config_origin& at) {
    return is_users_own(from.files, at) || (!said.config.empty() && at.source && *at.source == said.config);
}

/// Whether shared libraries may come from there: from what is the user's or the system's, and from no project that was only visited.
inline auto may_have_libraries(const settings& said, const configured& from) {
    return [files = from.files, given = said.plugins](const haft::plugin_place& place, const haft::config_origin* said_at) {
        if (said_at) return is_users_own(files, *said_at);
        return place.scope != haft::plugin_scope::project || std::find(given.begin(), given.end(), place.folder.string()) != given.end();
    };
}

/// The places of which nothing but trust lets run anything by itself, and whether it does.
inline std::vector<project_place> project_places(const settings& said, const configured& from) {
    std::vector<project_place> out;
    if (said.trust_project) return out;
    const auto may_have = may_have_libraries(said, from);
    const auto add = [&](const haft::plugin_place& place, const haft::config_origin* said_at) {
        if (!may_have(place, said_at)) out.push_back(project_place::of(place.folder));
    };
    if (const haft::result<haft::plugins_config> config = haft::plugins_of(from.layers.merged()))
        for (const haft::plugin_path& one : config->paths) add({one.path, haft::plugin_scope::project}, &one.origin);
    for (const haft::plugin_place& one : haft::default_plugin_places(from.files.folder, environment())) add(one, nullptr);
    const trust_book book(state_folder(environment()));
    for (project_place& one : out)
        if (!one.empty()) one.state = book.state_of(one);
    return out;
}

/// The names of the plugins that are there because of the project, and of nobody who is trusted anyway.
inline std::vector<std::string> plugins_of_project(const settings& said, const configured& from,
                                                   const std::vector<project_place>& of_project,
                                                   const std::vector<haft::plugin_status>& all) {
    std::vector<std::filesystem::path> own;
    for (const project_place& one : of_project)
        if (one.state == trust::given) own.push_back(one.folder);
    std::error_code problem;
    for (const std::string& one : said.plugins) own.push_back(std::filesystem::absolute(one, problem).lexically_normal());
    for (const haft::plugin_place& one : haft::default_plugin_places(from.files.folder, environment()))
        if (one.scope != haft::plugin_scope::project) own.push_back(one.folder);
    if (const auto plugins = haft::plugins_of(from.layers.merged()))
        for (const haft::plugin_path& one : plugins->paths)
            if (is_users_own(said, from, one.origin)) own.push_back(one.path);
    std::vector<std::string> out;
    for (const haft::plugin_status& one : all) {
        if (one.state != haft::plugin_state::loaded || !one.source.starts_with('/')) continue;  // else it is compiled in
        const auto holds = [&](const std::filesystem::path& folder) {
            const std::string name = folder.has_filename() ? folder.string() : folder.parent_path().string();
            return one.source == name || one.source.starts_with(haft::concat({name, "/"}));
        };
        if (std::none_of(own.begin(), own.end(), holds)) out.push_back(one.name);
    }
    return out;
}

/// How MCP servers are mounted. A project's are not, and what is started for the first time is shown. Servers may ask a person who sits there
/// while `command` runs.
inline haft::host::mcp_servers_options server_options(const settings& said, const configured& from, std::string_view command,
                                                      const haft::logger& log) {
    haft::host::mcp_servers_options out;
    out.allowed = [said, from](const haft::config_origin& at) { return is_users_own(said, from, at); };
    if (const std::filesystem::path state = state_folder(environment()); !state.empty()) out.pins = state / "mcp";
    out.variables = environment();
    out.log = log;
#if HAFT_COMMAND_SERVES_HTTP
    out.over_http = reach_over_http;
#endif
    if (!out.pins.empty())
        out.first_start = [](const haft::host::mcp_first_start& what) -> haft::result<void> {
            haft::host::program::say(haft::concat({"MCP server ", haft::in_quotes(what.server),
                                                   what.changed ? " has another command than before: " : " is started for the first time: ",
                                                   haft::host::on_screen(what.command)}));
            return {};
        };
    const bool asks = (command == "call" && said.arguments != "-" && ::isatty(STDERR_FILENO) == 1) || command == "chat";
    // Of serve it is the client that calls: what it can't be asked is refused when it comes to that.
    if ((asks && ::isatty(STDIN_FILENO) == 1) || command == "serve") out.answers = {haft::question_kind::form, haft::question_kind::url};
    return out;
}

#if HAFT_COMMAND_ON_NATS
/// How services on NATS are mounted: a project's are not.
inline nats_mounts nats_options(const settings& said, const configured& from, const haft::logger& log) {
    nats_mounts out;
    out.allowed = [said, from](const haft::config_origin& at) { return is_users_own(said, from, at); };
    if (const std::filesystem::path state = state_folder(environment()); !state.empty()) out.pins = state / "mcp";  // as of MCP servers: a tool that moves from one to the other is agreed to already
    out.log = log;
    return out;
}
#endif

/// Where plugins are looked for, and how. Libraries of a project come from those of its places that are trusted, each time that they
/// are looked for.
inline haft::result<haft::configured_plugins_options> plugin_options(const settings& said, const configured& from, std::string_view command,
                                                                     haft::logger log) {
    haft::configured_plugins_options out;
    for (const std::string& one : said.plugins) {
        std::error_code problem;
        if (!std::filesystem::is_directory(one, problem))
            return haft::error{haft::errc::unread_place, haft::concat({"--plugins ", haft::in_quotes(one), " is no folder"})};
        out.first_places.push_back({one, haft::plugin_scope::project});
    }
    out.places = haft::default_plugin_places(from.files.folder, environment());
    out.libraries = haft::library_options{.log = log};
    if (const std::filesystem::path state = state_folder(environment()); !state.empty()) out.libraries->crash_marks = state / "loading";
    if (!said.trust_project) {
        out.libraries_from = [may_have = may_have_libraries(said, from)](const haft::plugin_place& place, const haft::config_origin* said_at) {
            if (may_have(place, said_at)) return true;
            project_place now = project_place::of(place.folder);
            return !now.empty() && trust_book(state_folder(environment())).state_of(now) == trust::given;
        };
    }
    out.mcp = server_options(said, from, command, log);
#if HAFT_COMMAND_ON_NATS
    out.sources["nats"] = [how = nats_options(said, from, log)](const haft::configuration& config, const haft::host::mount_errors& problems) {
        return entries_on_nats(config, how, problems);
    };
#endif
    out.discovery.log = std::move(log);
    out.loader.workspace_dir = from.files.folder.string();
    return out;
}

/// The selection of --tools.
inline haft::result<std::optional<haft::configured_selection>> selection_of_line(const settings& said) {
    if (!said.selects) return std::optional<haft::configured_selection>();
    haft::result<haft::selector> wanted = haft::host::read_selection(said.tools);
    if (!wanted) return std::move(wanted.error());
    return std::optional(haft::configured_selection{std::move(*wanted), "--tools"});
}

/// Folders as people call them.
inline haft::host::short_folders known_folders(const configured& from) {
    haft::host::short_folders out{{from.files.folder.string(), "."}};
    if (const std::string home = environment()("HOME").value_or(""); home.size() > 1) out.emplace_back(home, "~");
    return out;
}

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_SESSION_HPP
