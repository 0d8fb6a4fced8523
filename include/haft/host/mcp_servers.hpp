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
#include <haft/schema/std/map.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/tool/log.hpp>
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

struct mcp_servers_options {
    /// Whether a server may be started that is said there; of each of its keys it is asked. Empty: all may.
    std::function<bool(const config_origin& said_at)> allowed = {};
    /// Where it is kept what tools were when they were first seen; "": only as long as the host runs.
    std::filesystem::path pins = {};
    environment_function variables = process_environment;  ///< what servers inherit some of
    logger log = {};
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

/// A line for each tool: its name, and the three hashes of its print. Tools have legal names, so there is no blank in one.
class pin_file {
public:
    pin_file(const std::filesystem::path& folder, std::string_view server)
        : file_(folder.empty() ? folder : folder / concat({folded_plugin_name(server), ".pins"})) {
        std::string text, why;
        if (file_.empty() || !read_file(file_, std::size_t{1} << 22, text, why)) return;
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
    result<void> save() const {
        if (file_.empty() || !changed_) return {};
        haft::detail::make_private_folder(file_.parent_path());
        std::string text;
        for (const auto& [name, print] : known_)
            append_all(text, {name, " ", print.description, " ", print.input_schema, " ", print.promises, "\n"});
        return write_file(file_, text, 0600);
    }
    std::string path() const { return file_.string(); }

private:
    std::filesystem::path file_;
    std::map<std::string, mcp::tool_print> known_;
    bool changed_ = false;
};

/// The server's tools as a plugin: started, listed, each tool held against what was agreed to.
HAFT_COLD inline result<plugin> mounted_server(mcp::server_process_options how, bool accepts_changes, const std::filesystem::path& pins,
                                               const mcp_problems& problems) {
    const std::string name = how.client.server;
    auto server = std::make_shared<mcp::server_process>(std::move(how));
    result<std::vector<mcp::remote_tool>> tools = server->list_tools();
    if (!tools) return std::move(tools.error());
    pin_file agreed(pins, name);
    plugin out{.name = name};
    for (const mcp::remote_tool& one : *tools) {
        const mcp::tool_print now = mcp::print_of(one);
        const mcp::tool_print* const before = legal_tool_name(one.name) ? agreed.find(one.name) : nullptr;
        if (before && *before != now && !accepts_changes) {
            problems->push_back({errc::server_tool_changed,
                                 concat({"tool ", in_quotes(one.name), " of MCP server ", in_quotes(name), " is not what was agreed to: ",
                                         now.difference(*before), " changed; it is left out until you agree: delete its line in ",
                                         agreed.path(), ", or set mcp.", name, ".on_change to \"accept\""})});
            continue;
        }
        if (result<void> added = mount_tool(out.tools, server, one, accepts_changes); !added) {
            if (added.error().code == errc::bad_server_tool) problems->push_back(std::move(added.error()));
            continue;
        }
        if (!before || *before != now) agreed.put(one.name, now);
    }
    if (result<void> saved = agreed.save(); !saved) problems->push_back(std::move(saved.error()));
    out.teardown = [server](std::string_view) -> result<void> { return server->stop(), result<void>(); };
    return out;
}

}  // namespace detail

/// The servers of `/mcp` as entries for a loader. What is wrong with one (E0422, E0430, E0378) stands in `problems`, and later what was
/// wrong with its tools when it was mounted; the others are there.
HAFT_COLD inline std::vector<plugin_entry> mcp_entries(const configuration& from, const mcp_servers_options& options,
                                                       const mcp_problems& problems) {
    std::vector<plugin_entry> out;
    const nlohmann::json* const all = from.find("/mcp");
    if (!all) return out;
    if (!all->is_object()) {
        problems->push_back({errc::bad_server_config, concat({from.origin("/mcp").text(), ": mcp is no table; a server is one below it: [mcp.NAME]"})});
        return out;
    }
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
        plugin_entry entry{.name = name,
                           .make = [how, accepts, pins = options.pins, problems] { return detail::mounted_server(how, accepts, pins, problems); },
                           .source = concat({"MCP server: ", how.command.program})};
        entry.enabled = table->enabled;
        entry.stamp = stamp;
        out.push_back(std::move(entry));
    }
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_MCP_SERVERS_HPP
