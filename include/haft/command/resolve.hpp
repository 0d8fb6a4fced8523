// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_RESOLVE_HPP
#define HAFT_COMMAND_RESOLVE_HPP

/// Which command a line means, and what is said where it means none. [CM-04, fault 155]

#include <haft/command/command_entry.hpp>
#include <haft/command/command_line.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail {

/// What the words at the beginning of a line lead to.
struct resolved_command {
    command_pointer entry;       // null: none
    std::string_view full_args;  // behind the name
    std::string group;           // where they lead to no command, but to several: the words that those begin with,
    std::string tried;           // and the words with the next one, if there is one
};

/// The longest name wins: of `db` and `db migrate` the second has `/db migrate now`.
HAFT_COLD inline resolved_command resolve(const command_table& table, const command_line& line) {
    resolved_command out{table.find(line.name), line.full_args, {}, {}};
    std::string words(line.name);
    std::string_view rest = line.full_args;
    while (table.is_group(words)) {
        if (!out.entry) out.group = words;
        while (!rest.empty() && is_line_blank(rest.front())) rest.remove_prefix(1);
        std::size_t end = 0;
        while (end < rest.size() && !is_line_blank(rest[end])) ++end;
        if (end == 0 || end > 64) break;
        append_all(words, {" ", rest.substr(0, end)});
        rest.remove_prefix(end < rest.size() ? end + 1 : end);
        if (const command_pointer found = table.find(words)) out = {found, rest, {}, {}};
        else if (!table.is_group(words)) out.tried = words;
    }
    return out;
}

/// The commands that are found by a name that begins so, each once, by name.
HAFT_COLD inline std::vector<command_pointer> beginning_with(const command_table& table, std::string_view prefix) {
    std::vector<command_pointer> out;
    for (auto at = table.by_name.lower_bound(prefix); at != table.by_name.end() && at->first.starts_with(prefix); ++at)
        if (at->first == at->second->name) out.push_back(at->second);
    return out;
}

HAFT_COLD inline error unknown_command(const command_table& table, std::string_view name,
                                       const std::vector<std::string>& tools) {
    const std::vector<command_pointer> candidates = beginning_with(table, name);
    if (candidates.size() > 1) {
        std::string message = concat({"/", name, " could be "});
        for (std::size_t i = 0; i < candidates.size(); ++i)
            append_all(message, {i == 0 ? "/" : i + 1 == candidates.size() ? " or /" : ", /", candidates[i]->name});
        return {errc::ambiguous_command, std::move(message)};
    }
    nearest_name nearest(name);
    for (const auto& [known, entry] : table.by_name) nearest.consider(known);
    for (const auto& [known, entry] : table.by_qualified) nearest.consider(known);
    for (const std::string& tool : tools) nearest.consider(tool);
    std::string shown;
    append_echo(shown, name, 64);
    error e{errc::unknown_command, concat({"unknown command /", shown})};
    append_did_you_mean(e.message, nearest.name().empty() ? "" : concat({"/", nearest.name()}));
    std::size_t listed = 0;
    for (const auto& [known, entry] : table.by_name) {
        if (known != entry->name) continue;
        if (listed == 20) {
            e.message += ", …";
            break;
        }
        append_all(e.message, {listed++ ? ", /" : "; there are /", known});
    }
    if (table.by_name.empty()) e.message += "; there is none";
    return e;
}

/// Of words that only begin commands: which there are.
HAFT_COLD inline error sub_command_wanted(const command_table& table, const resolved_command& found) {
    const std::string& wrong = found.tried.empty() ? found.group : found.tried;
    error e{errc::unknown_command, concat({"/", wrong, found.tried.empty() ? " alone" : "", " is no command"})};
    const std::string prefix = concat({found.group, " "});
    nearest_name nearest(found.tried);
    std::string known;
    for (const auto* const names : {&table.by_name, &table.by_qualified})
        for (auto at = names->lower_bound(prefix); at != names->end() && at->first.starts_with(prefix); ++at) {
            nearest.consider(at->first);
            append_all(known, {known.empty() ? "; there are /" : ", /", at->first});
        }
    if (!found.tried.empty())
        append_did_you_mean(e.message, nearest.name().empty() ? "" : concat({"/", nearest.name()}));
    e.message += known;
    return e;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_COMMAND_RESOLVE_HPP
