// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MCP_SERVERS_HPP
#define HAFT_HOST_MCP_SERVERS_HPP

/// MCP servers that a configuration names, each as a plugin: `[mcp.files]`, with the keys that the `mcpServers` objects of other
/// programs have. [NX-11, faults 105, 143] Brings nlohmann_json and toml++: haft::config.

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/read_section.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>
#include <haft/host/mcp_tool.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/mcp/client/server_process.hpp>
#include <haft/os/private_folder.hpp>
#include <haft/os/variables.hpp>
#include <haft/os/write_file.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/plugin/plugin_surroundings.hpp>
#include <haft/registry/registry.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/tool/asker.hpp>
#include <haft/tool/log.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// In the environment of a server: hashes of the sections that it was started by, the outermost first.
inline constexpr std::string_view started_by = "HAFT_MCP_STARTED_BY";

/// A server that is about to be started for the first time, or for the first time so.
struct mcp_first_start {
    std::string_view server;
    std::string command;   ///< as a person would type it
    bool changed = false;  ///< it was started before, by another command
};

struct mcp_servers_options {
    /// Whether a server may be started that is said there; of each of its keys it is asked. Empty: all may.
    std::function<bool(const config_origin& said_at)> allowed = {};
    /// Where it is kept what tools were when they were first seen; "": only as long as the host runs.
    std::filesystem::path pins = {};
    environment_function variables = process_environment;  ///< what servers inherit some of
    logger log = {};
    /// Shows a command before it runs for the first time, or refuses it (a host with an error of its own). Empty: it runs. Where `pins`
    /// is none, each time is the first.
    std::function<result<void>(const mcp_first_start&)> first_start = {};
    std::vector<question_kind> answers = {};  ///< what call_options::asker answers of that which servers ask; nothing else is declared
};

/// What was wrong with servers and their tools since somebody asked last. Any thread.
class mcp_problem_list {
public:
    void push_back(error e) {
        const std::lock_guard lock(mutex_);
        all_.push_back(std::move(e));
    }
    std::vector<error> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(all_, {});
    }

private:
    std::mutex mutex_;
    std::vector<error> all_;
};
using mcp_problems = std::shared_ptr<mcp_problem_list>;

namespace detail {

/// `[mcp.NAME]`
struct mcp_table {
    std::optional<std::string> command = {};
    std::optional<std::vector<std::string>> args = {};
    std::optional<std::map<std::string, std::string>> env = {};
    std::optional<std::string> cwd = {};
    std::optional<std::string> type = {};  ///< `stdio`, as other programs write it
    std::optional<std::string> url = {};
    bool enabled = true;
    double timeout = 300;       ///< seconds; of a call
    double start_timeout = 30;  ///< from the start to the first answer
    std::size_t max_tools = 1000;
    std::optional<std::string> protocol = {};   ///< `auto`, `handshake`, `stateless`
    std::optional<std::string> on_change = {};  ///< `withdraw`, `accept`: what becomes of a tool that is not what it was
};

/// A line for each tool: its name, and the three hashes of its print. Tools have legal names, so there is no blank in one. And one for the
/// command: a colon and its hash.
class pin_file {
public:
    pin_file(const std::filesystem::path& folder, std::string_view server)
        : file_(folder.empty() ? folder : folder / concat({folded_plugin_name(server), ".pins"})) {
        read();
    }
    /// What stands there now: somebody may have agreed to something. Without a file what was put stays.
    void read() {
        std::string text, why;
        if (file_.empty() || !read_file(file_, std::size_t{1} << 22, text, why)) return;
        known_.clear();
        command_.clear();
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t end = (std::min)(rest.find('\n'), rest.size());
            std::string_view line = rest.substr(0, end);
            rest.remove_prefix((std::min)(end + 1, rest.size()));
            std::vector<std::string> words;
            while (!line.empty()) {
                const std::size_t blank = (std::min)(line.find(' '), line.size());
                words.emplace_back(line.substr(0, blank));
                line.remove_prefix((std::min)(blank + 1, line.size()));
            }
            if (words.size() == 2 && words[0] == ":") command_ = words[1];
            if (words.size() == 4) known_.insert_or_assign(words[0], mcp::tool_print{words[1], words[2], words[3]});
        }
    }

    /// What was agreed to, or nothing.
    const mcp::tool_print* find(const std::string& tool) const {
        const auto at = known_.find(tool);
        return at == known_.end() ? nullptr : &at->second;
    }
    void put(const std::string& tool, mcp::tool_print print) {
        known_.insert_or_assign(tool, std::move(print));
        changed_ = true;
    }
    /// False if nothing was known of it.
    bool forget(const std::string& tool) {
        const bool known = known_.erase(tool) > 0;
        changed_ = changed_ || known;
        return known;
    }
    /// The hash of the command by which it was started; "": it never was.
    const std::string& command() const noexcept { return command_; }
    void put_command(std::string hash) {
        changed_ = changed_ || hash != command_;
        command_ = std::move(hash);
    }
    result<void> save() {
        if (file_.empty() || !std::exchange(changed_, false)) return {};
        haft::detail::make_private_folder(file_.parent_path());
        std::string text = command_.empty() ? std::string() : concat({": ", command_, "\n"});
        for (const auto& [name, print] : known_)
            append_all(text, {name, " ", print.description, " ", print.input_schema, " ", print.promises, "\n"});
        return write_file(file_, text, 0600);
    }
    std::string path() const { return file_.string(); }

private:
    std::filesystem::path file_;
    std::map<std::string, mcp::tool_print> known_;
    std::string command_;
    bool changed_ = false;
};

/// `NAME=… files-server 'a folder'`, in the folder, as a person would type it. Values of the environment may be secrets.
HAFT_COLD inline std::string shown_command(const mcp::server_command& what) {
    const auto quoted = [](std::string_view word) {
        const bool plain = !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+=,") == word.npos;
        if (plain) return std::string(word);
        std::string out = "'";
        for (const char c : word) append_all(out, {c == '\'' ? std::string_view("'\\''") : std::string_view(&c, 1)});
        return out += '\'';
    };
    std::string out;
    for (const auto& [name, value] : what.environment)
        if (name != started_by) append_all(out, {name, "=… "});
    out += quoted(what.program);
    for (const std::string& one : what.arguments) append_all(out, {" ", quoted(one)});
    if (!what.folder.empty()) append_all(out, {" (in ", what.folder.string(), ")"});
    return out;
}
HAFT_COLD inline std::string hash_of(const mcp::server_command& what) {
    std::string all;
    const auto add = [&](std::string_view part) { append_all(all, {part, std::string_view("\0", 1)}); };
    add(what.program), add(what.folder.string());
    for (const std::string& one : what.arguments) add(one);
    add({});
    for (const auto& [name, value] : what.environment)
        if (name != started_by) add(name), add(value);
    return sha256_of(all);
}
/// Shows the command where it is new.
HAFT_COLD inline result<void> may_start(const mcp::server_process_options& how, const mcp_servers_options& options, pin_file& pins) {
    const std::string hash = detail::hash_of(how.command);
    if (pins.command() == hash) return {};
    if (options.first_start)
        if (result<void> may = options.first_start({how.client.server, detail::shown_command(how.command), !pins.command().empty()}); !may)
            return may;
    pins.put_command(hash);
    return {};
}

/// What a server serves at the moment, each tool held against what was agreed to. Any thread.
class mounted_server {
public:
    mounted_server(const mcp::server_process_options& how, bool accepts_changes, const mcp_servers_options& options, mcp_problems problems,
                   pin_file agreed)
        : name_(how.client.server), accepts_changes_(accepts_changes), log_(options.log), problems_(std::move(problems)), agreed_(std::move(agreed)) {}

    void put_into(haft::registry* r) {
        const std::lock_guard lock(guard_);
        into_ = r;
    }
    toolset tools() const {
        const std::lock_guard lock(guard_);
        return tools_;
    }
    /// Sorts the server's tools: what is new is remembered and served, what is not what it was is not. Tells what it has not told yet.
    HAFT_COLD void take(const std::shared_ptr<mcp::server_process>& server, const std::vector<mcp::remote_tool>& all) {
        toolset served;
        std::vector<error> wrong;
        const std::lock_guard lock(guard_);
        agreed_.read();
        for (const mcp::remote_tool& one : all) {
            const mcp::tool_print now = mcp::print_of(one);
            const mcp::tool_print* const before = legal_tool_name(one.name) ? agreed_.find(one.name) : nullptr;
            const bool changed = before && *before != now;
            if (changed && !accepts_changes_) {
                wrong.push_back({errc::server_tool_changed,
                                 concat({"tool ", in_quotes(one.name), " of MCP server ", in_quotes(name_), " is not what was agreed to: ",
                                         now.difference(*before), " changed; it is left out until you agree: by haft trust --tool ", name_, ".",
                                         one.name, agreed_.path().empty() ? "" : ", by taking its line out of ", agreed_.path(), ", or by mcp.",
                                         name_, ".on_change = \"accept\""})});
                continue;
            }
            if (result<void> added = mount_tool(served, server, one, accepts_changes_); !added) {
                if (added.error().code == errc::bad_server_tool) wrong.push_back(std::move(added.error()));
                continue;
            }
            if (!before || changed) agreed_.put(one.name, now);
        }
        if (result<void> saved = agreed_.save(); !saved) wrong.push_back(std::move(saved.error()));
        tools_ = std::move(served);
        std::vector<std::string> told;
        for (error& e : wrong) {
            told.push_back(e.message);
            if (std::find(told_.begin(), told_.end(), e.message) != told_.end()) continue;
            log_.tell(log_level::warning, "mcp", e.text());
            problems_->push_back(std::move(e));
        }
        told_ = std::move(told);
    }
    /// The server has said that its tools are others.
    HAFT_COLD void look_again(const std::shared_ptr<mcp::server_process>& server) {
        const result<std::vector<mcp::remote_tool>> now = server->list_now();
        if (!now) return log_.tell(log_level::warning, "mcp", now.error().text());
        take(server, *now);
        haft::registry* into = nullptr;
        {
            const std::lock_guard lock(guard_);
            into = into_;
        }
        if (into) into->refresh(name_);
    }

private:
    const std::string name_;
    const bool accepts_changes_;
    const logger log_;
    const mcp_problems problems_;
    mutable std::mutex guard_;
    pin_file agreed_;
    toolset tools_;
    std::vector<std::string> told_;  // of the list before
    haft::registry* into_ = nullptr;
};

/// The server's tools as a plugin: started, listed, and listed again when it says so.
HAFT_COLD inline result<plugin> mount_server(mcp::server_process_options how, bool accepts_changes, const mcp_servers_options& options,
                                             const mcp_problems& problems) {
    // Its thread that tells of changes ends before anything goes that it uses.
    struct kept {
        std::shared_ptr<mounted_server> mounted;
        std::shared_ptr<mcp::server_process> server;
        kept() = default;
        kept(const kept&) = delete;
        kept& operator=(const kept&) = delete;
        ~kept() {
            if (server) server->stop();
        }
    };
    pin_file pins(options.pins, how.client.server);
    if (result<void> may = detail::may_start(how, options, pins); !may) return std::move(may.error());
    plugin out{.name = how.client.server};
    const auto all = std::make_shared<kept>();
    all->mounted = std::make_shared<mounted_server>(how, accepts_changes, options, problems, std::move(pins));
    const auto self = std::make_shared<std::weak_ptr<mcp::server_process>>();
    how.tools_changed = [to = std::weak_ptr<mounted_server>(all->mounted), self] {
        const std::shared_ptr<mounted_server> mounted = to.lock();
        if (!mounted) return;
        if (const std::shared_ptr<mcp::server_process> server = self->lock()) mounted->look_again(server);
    };
    all->server = std::make_shared<mcp::server_process>(std::move(how));
    *self = all->server;
    const result<std::vector<mcp::remote_tool>> tools = all->server->list_tools();
    if (!tools) return tools.error();
    all->mounted->take(all->server, *tools);
    out.set_surroundings = [all](const plugin_surroundings& around) { all->mounted->put_into(around.registry); };
    out.tools_now = [all]() -> result<toolset> { return all->mounted->tools(); };
    out.teardown = [all](std::string_view) -> result<void> {
        all->mounted->put_into(nullptr);
        return all->server->stop(), result<void>();
    };
    return out;
}

/// A server as its section has it.
struct said_server {
    mcp::server_process_options how = {};
    bool accepts_changes = false;
    bool enabled = true;
    std::string stamp = {};
};

/// Calls `take` with each server of `/mcp` that can be one.
HAFT_COLD inline void for_each_server(const configuration& from, const mcp_servers_options& options, const mcp_problems& problems,
                                      const std::function<void(said_server)>& take) {
    const nlohmann::json* const all = from.find("/mcp");
    if (!all) return;
    if (!all->is_object())
        return problems->push_back({errc::bad_server_config, concat({from.origin("/mcp").text(), ": mcp is no table; a server is one below it: [mcp.NAME]"})});
    for (auto at = all->begin(); at != all->end(); ++at) {
        const std::string& name = at.key();
        const std::string pointer = haft::detail::pointer_below("/mcp", name);
        const std::string place = from.origin(pointer).text();
        const auto no = [&](errc code, std::string_view why) {
            problems->push_back({code, concat({place, place.empty() ? "" : ": ", "MCP server ", in_quotes(name), " ", why})});
        };
        if (!legal_plugin_name(name)) {
            no(errc::bad_server_config, "can't be named so; a plugin's name is made of A-Z a-z 0-9 _ -");
            continue;
        }
        result<detail::mcp_table> table = from.read<detail::mcp_table>(pointer);
        if (!table) {
            problems->push_back(std::move(table.error()));
            continue;
        }
        if (table->url || (table->type && *table->type != "stdio")) {
            no(errc::bad_server_config, "is reached over HTTP, which is not built yet; only servers with a command can be mounted");
            continue;
        }
        if (!table->command || table->command->empty()) {
            no(errc::bad_server_config, "has no command; write command = \"…\", the program that is started, and args = […]");
            continue;
        }
        const std::string on_change = table->on_change.value_or("withdraw"), protocol = table->protocol.value_or("auto");
        const bool accepts = on_change == "accept";
        if (!accepts && on_change != "withdraw") {
            no(errc::bad_server_config, concat({"has on_change ", in_quotes(on_change), "; \"withdraw\" and \"accept\" are known"}));
            continue;
        }
        const auto begins = protocol == "auto"        ? std::optional(mcp::opening::probe)
                            : protocol == "handshake" ? std::optional(mcp::opening::handshake)
                            : protocol == "stateless" ? std::optional(mcp::opening::stateless)
                                                             : std::nullopt;
        if (!begins) {
            no(errc::bad_server_config, concat({"has protocol ", in_quotes(protocol), "; \"auto\", \"handshake\" and \"stateless\" are known"}));
            continue;
        }
        if (!(table->timeout >= 0 && table->timeout < 1e6) || !(table->start_timeout > 0 && table->start_timeout < 1e6)) {
            no(errc::bad_server_config, "has a timeout that can't be one; it is in seconds");
            continue;
        }
        const auto may = [&] {
            if (!options.allowed) return true;
            for (auto one = from.origins().lower_bound(pointer); one != from.origins().end() && one->first.starts_with(pointer); ++one)
                if (one->first.size() == pointer.size() || one->first[pointer.size()] == '/')
                    if (!options.allowed(one->second)) return false;
            return options.allowed(from.origin(pointer));
        };
        if (table->enabled && !may()) {
            no(errc::untrusted_server, "is not started: a project says so, and its program would run unasked; put it into your own "
                                       "configuration, or name the file with --config");
            continue;
        }
        // A server may be this same program with this same configuration, which would start it again, and so on without an end.
        const std::string stamp = sha256_of(at.value().dump());
        const std::string above = options.variables(started_by).value_or("");
        if (table->enabled && above.find(stamp) != above.npos) {
            no(errc::bad_server_config, "is not started: it is what has started this program");
            continue;
        }
        mcp::server_process_options how;
        how.command = {.program = *table->command,
                       .arguments = table->args.value_or(std::vector<std::string>()),
                       .folder = table->cwd.value_or(""),
                       .variables = options.variables};
        if (table->env) how.command.environment.assign(table->env->begin(), table->env->end());
        how.command.environment.emplace_back(started_by, concat({above, above.empty() ? "" : " ", stamp}));
        how.client.server = name;
        how.client.begins = *begins;
        how.client.limits.max_tools = table->max_tools;
        const auto milliseconds = [](double seconds) { return std::chrono::milliseconds(static_cast<long long>(seconds * 1000)); };
        how.call_limit = milliseconds(table->timeout);
        how.start_limit = milliseconds(table->start_timeout);
        how.log = [log = options.log](log_level level, std::string_view text) { log.tell(level, "mcp", text); };
        how.client.answers = how.answers = options.answers;
        take({std::move(how), accepts, table->enabled, stamp});
    }
}

}  // namespace detail

/// The servers of `/mcp` as entries for a loader. What is wrong with one (E0422, E0430, E0378) stands in `problems`, and later what was
/// wrong with its tools when they were listed; the others are there.
HAFT_COLD inline std::vector<plugin_entry> mcp_entries(const configuration& from, const mcp_servers_options& options,
                                                       const mcp_problems& problems) {
    std::vector<plugin_entry> out;
    detail::for_each_server(from, options, problems, [&](detail::said_server one) {
        plugin_entry entry{.name = one.how.client.server, .make = {}, .source = concat({"MCP server: ", one.how.command.program})};
        entry.enabled = one.enabled;
        entry.stamp = std::move(one.stamp);
        entry.make = [how = std::move(one.how), accepts = one.accepts_changes, options, problems] {
            return detail::mount_server(how, accepts, options, problems);
        };
        out.push_back(std::move(entry));
    });
    return out;
}

/// A tool of a server that somebody has agreed to, as it is now.
struct agreed_tool {
    std::string name;            ///< `server.tool`
    mcp::remote_tool now = {};
    std::string difference = {};  ///< to what was agreed to before; "": nothing was known of it, or it is what it was
};

/// Agrees to a tool of a server, `server.tool`, or to all of them, `server`, as the server lists them now; it is started for that. Running
/// hosts hear of it when they list next. An error says what can't be: no such server (E0419) or tool (E0211), or why the server does not
/// list.
HAFT_COLD inline result<std::vector<agreed_tool>> agree_to_tools(const configuration& from, const mcp_servers_options& options, std::string_view name) {
    const std::string_view server = name.substr(0, name.find('.'));
    const auto problems = std::make_shared<mcp_problem_list>();
    std::optional<mcp::server_process_options> how;
    std::string known;
    detail::for_each_server(from, options, problems, [&](detail::said_server one) {
        append_all(known, {known.empty() ? "" : ", ", one.how.client.server});
        if (same_plugin_name(one.how.client.server, server)) how = std::move(one.how);
    });
    if (!how) {
        std::string text = concat({"no MCP server is named ", in_quotes(server), known.empty() ? "; none is configured" : "; there are ", known});
        for (const error& e : problems->take()) append_all(text, {"; ", e.text()});
        return error{errc::unknown_plugin, std::move(text)};
    }
    detail::pin_file pins(options.pins, how->client.server);
    if (pins.path().empty()) return error{errc::file_not_written, "nothing is remembered here: no folder for it is known"};
    if (result<void> may = detail::may_start(*how, options, pins); !may) return std::move(may.error());
    const std::string full = how->client.server;
    mcp::server_process started(std::move(*how));
    result<std::vector<mcp::remote_tool>> all = started.list_tools();
    started.stop();
    if (!all) return std::move(all.error());
    std::vector<agreed_tool> out;
    std::string names;
    for (mcp::remote_tool& one : *all) {
        append_all(names, {names.empty() ? "" : ", ", full, ".", one.name});
        if (name.size() > server.size() && name.substr(server.size() + 1) != one.name) continue;
        if (!legal_tool_name(one.name)) continue;
        const mcp::tool_print now = mcp::print_of(one);
        const mcp::tool_print* const before = pins.find(one.name);
        agreed_tool& agreed = out.emplace_back(agreed_tool{.name = concat({full, ".", one.name})});
        if (before) agreed.difference = now.difference(*before);
        pins.put(one.name, now);
        agreed.now = std::move(one);
    }
    if (out.empty())
        return error{errc::unknown_tool, concat({"MCP server ", in_quotes(full), " has no tool ", in_quotes(name.substr((std::min)(server.size() + 1, name.size()))),
                                                 names.empty() ? "; it has none" : "; there are ", names})};
    if (result<void> saved = pins.save(); !saved) return std::move(saved.error());
    return out;
}

/// Takes back what was agreed to of a tool, `server.tool`: the next time that it is listed counts as the first. False if nothing was known.
HAFT_COLD inline result<bool> forget_tool(const mcp_servers_options& options, std::string_view name) {
    const std::size_t dot = name.find('.');
    if (dot == name.npos || !legal_plugin_name(name.substr(0, dot)))
        return error{errc::unknown_tool, concat({in_quotes(name), " is no tool of an MCP server; write SERVER.TOOL"})};
    detail::pin_file pins(options.pins, name.substr(0, dot));
    const bool known = pins.forget(std::string(name.substr(dot + 1)));
    if (result<void> saved = pins.save(); !saved) return std::move(saved.error());
    return known;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_MCP_SERVERS_HPP
