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
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>
#include <haft/host/agreed_tools.hpp>
#include <haft/host/mcp_pins.hpp>
#include <haft/host/mounted_server.hpp>
#include <haft/host/mounted_tool.hpp>
#include <haft/host/section_origin.hpp>
#include <haft/mcp/client/http/options.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/mcp/client/server_connection.hpp>
#include <haft/mcp/client/server_link.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/tool/log.hpp>
#include <haft/tool/tool.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

namespace detail {

/// `[mcp.NAME]`
struct mcp_table {
    std::optional<std::string> command = {};
    std::optional<std::vector<std::string>> args = {};
    std::optional<std::map<std::string, std::string>> env = {};
    std::optional<std::string> cwd = {};
    std::optional<std::string> type = {};  ///< `stdio` or `http`, as other programs write it
    std::optional<std::string> url = {};
    std::optional<std::map<std::string, std::string>> headers = {};
    std::optional<std::string> token_env = {};  ///< the environment's variable that holds the token
    std::optional<std::string> ca_file = {};
    bool enabled = true;
    double timeout = 300;       ///< seconds; of a call
    double start_timeout = 30;  ///< from the start to the first answer
    std::size_t max_tools = 1000;
    std::optional<std::string> protocol = {};   ///< `auto`, `handshake`, `stateless`
    std::optional<std::string> on_change = {};  ///< `withdraw`, `accept`: what becomes of a tool that is not what it was
};

/// A server as its section has it.
struct said_server {
    mcp::server_connection_options how = {};
    bool accepts_changes = false;
    bool enabled = true;
    std::string stamp = {};
};

/// How a server is reached over HTTP, if its section says so; an empty one: it is a program. Errors (E0422) say what can't be.
HAFT_COLD inline result<mcp::server_connector> connection_of(const mcp_table& table, const mcp_servers_options& options) {
    const auto no = [](std::string_view why) { return error{errc::bad_server_config, std::string(why)}; };
    const std::string type = table.type.value_or(table.url ? "http" : "stdio");
    if (type == "sse") return no("speaks the older transport of 2024-11-05 (\"sse\"), which haft does not; most such servers have an address for \"http\", too");
    if (type != "stdio" && type != "http" && type != "streamable-http")
        return no(concat({"has type ", in_quotes(type), "; \"stdio\" and \"http\" are known"}));
    if ((type == "stdio") == table.url.has_value()) return no(table.url ? "has a url and is said to be \"stdio\"" : "is said to be \"http\" and has no url");
    if (!table.url) {
        if (table.headers || table.token_env || table.ca_file) return no("has headers, token_env or ca_file, and no url that they are for");
        if (!table.command || table.command->empty())
            return no("has no command; write command = \"…\", the program that is started, and args = […]; or url = \"https://…\"");
        return mcp::server_connector();
    }
    if (table.command || table.args || table.env || table.cwd) return no("has a url and a command as well; one of them reaches it");
    if (!options.over_http) return no("is reached over HTTP, and this program was built without that (mcp_servers_options::over_http)");
    mcp::remote_server_options how{.url = *table.url};
    if (table.headers) how.headers.assign(table.headers->begin(), table.headers->end());
    how.ca_file = table.ca_file.value_or("");
    if (table.token_env) {
        const std::optional<std::string> token = options.variables(*table.token_env);
        if (!token || token->empty()) return no(concat({"wants its token from the environment's ", *table.token_env, ", which is not set"}));
        how.headers.emplace_back("Authorization", concat({"Bearer ", *token}));
    }
    result<mcp::server_connector> out = options.over_http(std::move(how));
    if (!out) return no(out.error().message);
    return out;
}

/// Calls `take` with each server of `/mcp` that can be one.
HAFT_COLD inline void for_each_server(const configuration& from, const mcp_servers_options& options, const mount_errors& problems,
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
        if (table->enabled && !detail::said_where(from, pointer, options.allowed)) {
            no(errc::untrusted_server, concat({table->url ? "is not asked: a project says so, and would choose where calls go"
                                                          : "is not started: a project says so, and its program would run unasked",
                                               "; put it into your own configuration, or name the file with --config"}));
            continue;
        }
        // A server may be this same program with this same configuration, which would start it again, and so on without an end.
        const std::string stamp = sha256_of(at.value().dump());
        const std::string above = options.variables(started_by).value_or("");
        if (table->enabled && above.find(stamp) != above.npos) {
            no(errc::bad_server_config, "is not started: it is what has started this program");
            continue;
        }
        // The environment of whoever brought the section must not go to an address of theirs: this comes after it was judged.
        result<mcp::server_connector> reached = detail::connection_of(*table, options);
        if (!reached) {
            no(errc::bad_server_config, reached.error().message);
            continue;
        }
        mcp::server_connection_options how;
        how.connect = std::move(*reached);
        how.command = {.program = table->command.value_or(table->url.value_or("")),
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
                                                       const mount_errors& problems) {
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

/// Agrees to a tool of a server, `server.tool`, or to all of them, `server`, as the server lists them now; it is started for that. Running
/// hosts hear of it when they list next. An error says what can't be: no such server (E0419) or tool (E0211), or why the server does not
/// list.
HAFT_COLD inline result<std::vector<agreed_tool>> agree_to_tools(const configuration& from, const mcp_servers_options& options, std::string_view name) {
    const std::string_view server = name.substr(0, name.find('.'));
    const auto problems = std::make_shared<mount_error_list>();
    std::optional<mcp::server_connection_options> how;
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
    mcp::server_connection started(std::move(*how));
    result<std::vector<mcp::remote_tool>> all = started.list_tools();
    started.stop();
    if (!all) return std::move(all.error());
    return detail::agree_to(pins, full, detail::mcp_server_said(full), name, std::move(*all));
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
