// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MOUNTED_SERVER_HPP
#define HAFT_HOST_MOUNTED_SERVER_HPP

/// An MCP server as a plugin: started, listed, each tool held against what was agreed to, and listed again when it says that its tools
/// are others. [NX-11, fault 105]

#include <haft/config/origin.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>
#include <haft/host/mcp_pins.hpp>
#include <haft/host/mounted_tool.hpp>
#include <haft/mcp/client/http/options.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/mcp/client/server_connection.hpp>
#include <haft/mcp/client/server_link.hpp>
#include <haft/os/variables.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_surroundings.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/asker.hpp>
#include <haft/tool/log.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
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
    /// Reaches servers over HTTP: `&mcp::over_http` (<haft/mcp/client/over_http.hpp>, which needs haft::http). Empty: they can't be mounted.
    std::function<result<mcp::server_connector>(mcp::remote_server_options)> over_http = {};
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
HAFT_COLD inline result<void> may_start(const mcp::server_connection_options& how, const mcp_servers_options& options, pin_file& pins) {
    if (how.connect) return {};  // nothing runs here
    const std::string hash = detail::hash_of(how.command);
    if (pins.command() == hash) return {};
    if (options.first_start)
        if (result<void> may = options.first_start({how.client.server, detail::shown_command(how.command), !pins.command().empty()}); !may)
            return may;
    pins.put_command(hash);
    static_cast<void>(pins.save());  // what is wrong with that is told when the tools are remembered
    return {};
}

/// What a server serves at the moment, each tool held against what was agreed to. Any thread.
class mounted_server {
public:
    mounted_server(const mcp::server_connection_options& how, bool accepts_changes, const mcp_servers_options& options, mcp_problems problems,
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
    HAFT_COLD void take(const std::shared_ptr<mcp::server_connection>& server, const std::vector<mcp::remote_tool>& all) {
        toolset served;
        std::vector<error> wrong;
        const std::lock_guard lock(guard_);
        agreed_.read();
        const bool knows = agreed_.problem().empty() || accepts_changes_;
        if (!knows) wrong.push_back({errc::unread_file, agreed_.problem()});
        for (const mcp::remote_tool& one : all) {
            if (!knows) break;
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
    HAFT_COLD void look_again(const std::shared_ptr<mcp::server_connection>& server) {
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

/// The server's tools as a plugin: started, listed, and listed again when it says so. Errors: that of `first_start`, and those of
/// server_connection::list_tools; what is wrong with single tools stands in `problems`.
HAFT_COLD inline result<plugin> mount_server(mcp::server_connection_options how, bool accepts_changes, const mcp_servers_options& options,
                                             const mcp_problems& problems) {
    // Its thread that tells of changes ends before anything goes that it uses.
    struct kept {
        std::shared_ptr<mounted_server> mounted;
        std::shared_ptr<mcp::server_connection> server;
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
    const auto self = std::make_shared<std::weak_ptr<mcp::server_connection>>();
    how.tools_changed = [to = std::weak_ptr<mounted_server>(all->mounted), self] {
        const std::shared_ptr<mounted_server> mounted = to.lock();
        if (!mounted) return;
        if (const std::shared_ptr<mcp::server_connection> server = self->lock()) mounted->look_again(server);
    };
    all->server = std::make_shared<mcp::server_connection>(std::move(how));
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

}  // namespace detail

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_MOUNTED_SERVER_HPP
