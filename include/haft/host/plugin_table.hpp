// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_PLUGIN_TABLE_HPP
#define HAFT_HOST_PLUGIN_TABLE_HPP

/// The plugins that a loader knows, for people and for programs: how each stands, what it brings, why it does not.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/visible.hpp>
#include <haft/host/table.hpp>
#include <haft/host/terminal.hpp>
#include <haft/json/string_text.hpp>
#include <haft/plugin/plugin_status.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

/// Folders that people know by a shorter name: `{"/users/ann", "~"}`, `{"/users/ann/project", "."}`. The first that fits counts.
using short_folders = std::vector<std::pair<std::string, std::string>>;

/// A path with the folder that it lies in shortened, on one line and without what nobody sees.
HAFT_COLD inline std::string short_path(std::string_view path, const short_folders& folders) {
    for (const auto& [folder, name] : folders)
        if (folder.size() > 1 && path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/'))
            return without_hidden(concat({name, path.substr(folder.size())}), line_breaks::none, 4096);
    return without_hidden(path, line_breaks::none, 4096);
}

/// Whether what keeps a plugin away is a mistake of somebody, and not what somebody wanted.
constexpr bool is_fault(const plugin_status& one) noexcept {
    return !one.problem.message.empty() && one.state != plugin_state::disabled;
}
/// Why it is not there, with a code where something is wrong.
HAFT_COLD inline std::string problem_text(const plugin_status& one) {
    return is_fault(one) ? one.problem.text() : one.problem.message;
}

/// A row for each plugin, in the loader's order. What is wrong stands behind the source.
HAFT_COLD inline std::string plugins_text(const std::vector<plugin_status>& all, const short_folders& folders,
                                          const terminal& to) {
    table rows({"plugin", "version", "state", "brings", "from, and what is wrong"});
    for (const plugin_status& one : all) {
        std::string from = short_path(one.source, folders);
        if (const std::string why = problem_text(one); !why.empty()) append_all(from, {from.empty() ? "" : "\n", why});
        if (!one.init_problem.message.empty()) append_all(from, {from.empty() ? "" : "\n", one.init_problem.text()});
        rows.row({one.name, one.version.empty() ? std::string_view("-") : one.version, name_of(one.state),
                  one.brings.empty() ? std::string_view("-") : one.brings, from});
    }
    std::string text = rows.text(to);
    text.pop_back();
    return text;
}

/// The same as JSON: `[{"name":…,"version":…,"state":…,"description":…,"source":…,"brings":…,"problem":…}]`; what is empty is
/// left out.
HAFT_COLD inline std::string plugins_json(const std::vector<plugin_status>& all) {
    std::string out = "[";
    for (const plugin_status& one : all) {
        const auto word = [&](std::string_view key, std::string_view value) {
            if (!value.empty()) append_all(out, {",\"", key, "\":", json::string_text(value)});
        };
        append_all(out, {&one == all.data() ? "\n" : ",\n", "{\"name\":", json::string_text(one.name)});
        word("version", one.version);
        word("state", name_of(one.state));
        word("description", one.description);
        word("source", one.source);
        word("brings", one.brings);
        word("problem", problem_text(one));
        if (is_fault(one)) word("code", code_text(one.problem.code));
        if (!one.init_problem.message.empty()) word("init_problem", one.init_problem.text());
        out += '}';
    }
    return out += all.empty() ? "]" : "\n]";
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_PLUGIN_TABLE_HPP
