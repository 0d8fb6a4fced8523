// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MOUNTED_SERVER_HPP
#define HAFT_HOST_MOUNTED_SERVER_HPP

/// An MCP server as a plugin: started, listed, and listed again when it says that its tools are others. [NX-11]

#include <haft/config/origin.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>
#include <haft/host/agreed_tools.hpp>
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

HAFT_COLD inline void take(agreed_tools& into, const std::shared_ptr<mcp::server_connection>& server, const std::vector<mcp::remote_tool>& all) {
    into.take(all, [&](toolset& to, const mcp::remote_tool& one) { return mount_tool(to, server, one, into.whose().accepts_changes); });
}
/// The server has said that its tools are others.
HAFT_COLD inline void look_again(agreed_tools& mounted, const std::shared_ptr<mcp::server_connection>& server, const logger& log) {
    const result<std::vector<mcp::remote_tool>> now = server->list_now();
    if (!now) return log.tell(log_level::warning, "mcp", now.error().text());
    detail::take(mounted, server, *now);
    if (haft::registry* const into = mounted.put_where()) into->refresh(mounted.whose().name);
}

/// The server's tools as a plugin: started, listed, and listed again when it says so. Errors: that of `first_start`, and those of
/// server_connection::list_tools; what is wrong with single tools stands in `problems`.
HAFT_COLD inline result<plugin> mount_server(mcp::server_connection_options how, bool accepts_changes, const mcp_servers_options& options,
                                             const mount_errors& problems) {
    // Its thread that tells of changes ends before anything goes that it uses.
    struct kept {
        std::shared_ptr<agreed_tools> mounted;
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
    all->mounted = std::make_shared<agreed_tools>(tool_stranger{.name = how.client.server, .said = mcp_server_said(how.client.server), .section = "mcp",
                                                                .channel = "mcp", .accepts_changes = accepts_changes},
                                                  options.log, problems, std::move(pins));
    const auto self = std::make_shared<std::weak_ptr<mcp::server_connection>>();
    how.tools_changed = [to = std::weak_ptr<agreed_tools>(all->mounted), self, log = options.log] {
        const std::shared_ptr<agreed_tools> mounted = to.lock();
        if (!mounted) return;
        if (const std::shared_ptr<mcp::server_connection> server = self->lock()) detail::look_again(*mounted, server, log);
    };
    all->server = std::make_shared<mcp::server_connection>(std::move(how));
    *self = all->server;
    const result<std::vector<mcp::remote_tool>> tools = all->server->list_tools();
    if (!tools) return tools.error();
    detail::take(*all->mounted, all->server, *tools);
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
