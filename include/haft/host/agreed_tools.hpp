// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_AGREED_TOOLS_HPP
#define HAFT_HOST_AGREED_TOOLS_HPP

/// What a stranger serves at the moment, each tool held against what was agreed to. [NX-11, fault 105]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/host/mcp_pins.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/log.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// What was wrong with what is mounted since somebody asked last. Any thread.
class mount_error_list {
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
using mount_errors = std::shared_ptr<mount_error_list>;

/// A tool of a stranger's that somebody has agreed to, as it is now.
struct agreed_tool {
    std::string name;            ///< `server.tool`
    mcp::remote_tool now = {};
    std::string difference = {};  ///< to what was agreed to before; "": nothing was known of it, or it is what it was
};

/// Whose tools they are.
struct tool_stranger {
    std::string name = {};     ///< of the plugin that they come by
    std::string said = {};     ///< `MCP server "s"`
    std::string section = {};  ///< of the configuration: `mcp`
    std::string channel = {};  ///< of the log
    bool accepts_changes = false;
};

namespace detail {

/// Any thread.
class agreed_tools {
public:
    /// Puts a tool into a set, or says why not; E0428 is told, other errors tell themselves.
    using mounter = std::function<result<void>(toolset& to, const mcp::remote_tool& t)>;

    agreed_tools(tool_stranger whose, logger log, mount_errors problems, pin_file agreed)
        : whose_(std::move(whose)), log_(std::move(log)), problems_(std::move(problems)), agreed_(std::move(agreed)) {}

    const tool_stranger& whose() const noexcept { return whose_; }
    void put_into(haft::registry* r) {
        const std::lock_guard lock(guard_);
        into_ = r;
    }
    toolset tools() const {
        const std::lock_guard lock(guard_);
        return tools_;
    }
    /// What was agreed to of a tool, if anything was.
    bool is_agreed(const std::string& tool, const mcp::tool_print& print) const {
        const std::lock_guard lock(guard_);
        const mcp::tool_print* const before = agreed_.find(tool);
        return before && *before == print;
    }
    /// Sorts what is served: what is new is remembered and served, what is not what it was is not. Tells what it has not told yet.
    HAFT_COLD void take(const std::vector<mcp::remote_tool>& all, const mounter& mount) {
        toolset served;
        std::vector<error> wrong;
        const std::lock_guard lock(guard_);
        agreed_.read();
        const bool knows = agreed_.problem().empty() || whose_.accepts_changes;
        if (!knows) wrong.push_back({errc::unread_file, agreed_.problem()});
        for (const mcp::remote_tool& one : all) {
            if (!knows) break;
            const mcp::tool_print now = mcp::print_of(one);
            const mcp::tool_print* const before = legal_tool_name(one.name) ? agreed_.find(one.name) : nullptr;
            const bool changed = before && *before != now;
            if (changed && !whose_.accepts_changes) {
                wrong.push_back({errc::server_tool_changed,
                                 concat({"tool ", in_quotes(one.name), " of ", whose_.said, " is not what was agreed to: ", now.difference(*before),
                                         " changed; it is left out until you agree: by haft trust --tool ", whose_.name, ".", one.name,
                                         agreed_.path().empty() ? "" : ", by taking its line out of ", agreed_.path(), ", or by ", whose_.section, ".",
                                         whose_.name, ".on_change = \"accept\""})});
                continue;
            }
            if (result<void> added = mount(served, one); !added) {
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
            log_.tell(log_level::warning, whose_.channel, e.text());
            problems_->push_back(std::move(e));
        }
        told_ = std::move(told);
    }
    /// Where it was put, if it is somewhere: to tell it that what is served is another.
    haft::registry* put_where() const {
        const std::lock_guard lock(guard_);
        return into_;
    }

private:
    const tool_stranger whose_;
    const logger log_;
    const mount_errors problems_;
    mutable std::mutex guard_;
    pin_file agreed_;
    toolset tools_;
    std::vector<std::string> told_;  // of the list before
    haft::registry* into_ = nullptr;
};

/// Agrees to one tool of a stranger's, `source.tool`, or to all, `source`, as they are now. `of` is `MCP server "s"`. Errors: E0211 for what is
/// not there, and those of a file that can't be written.
HAFT_COLD inline result<std::vector<agreed_tool>> agree_to(pin_file& pins, std::string_view source, std::string_view of, std::string_view name,
                                                           std::vector<mcp::remote_tool> all) {
    std::vector<agreed_tool> out;
    std::string names;
    const std::string_view wanted = name.size() > source.size() ? name.substr(source.size() + 1) : std::string_view();
    for (mcp::remote_tool& one : all) {
        append_all(names, {names.empty() ? "" : ", ", source, ".", one.name});
        if (name.size() > source.size() && wanted != one.name) continue;
        if (!legal_tool_name(one.name)) continue;
        const mcp::tool_print now = mcp::print_of(one);
        const mcp::tool_print* const before = pins.find(one.name);
        agreed_tool& agreed = out.emplace_back(agreed_tool{.name = concat({source, ".", one.name})});
        if (before) agreed.difference = now.difference(*before);
        pins.put(one.name, now);
        agreed.now = std::move(one);
    }
    if (out.empty())
        return error{errc::unknown_tool, concat({of, " has no tool ", in_quotes(wanted), names.empty() ? "; it has none" : "; there are ", names})};
    if (result<void> saved = pins.save(); !saved) return std::move(saved.error());
    return out;
}

}  // namespace detail

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_AGREED_TOOLS_HPP
