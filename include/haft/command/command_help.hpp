// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_HELP_HPP
#define HAFT_COMMAND_COMMAND_HELP_HPP

/// What a host shows of its commands: rows for lists, a text for `/help`, a tree for a command line of its own. [CM-01, CM-06]

#include <haft/command/command_entry.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// One command in a list.
struct command_row {
    std::string name = {};
    std::string qualified = {};             ///< `owner.command`
    std::vector<std::string> aliases = {};  ///< those that lead to it
    std::string owner = {};
    std::string summary = {};  ///< the first line of its description
    std::string usage = {};
    bool shadowed = false;  ///< by another of that name; its qualified name leads to it
};

/// Commands by the words of their names: what a host builds sub-commands of its own command line from.
struct command_node {
    std::string word = {};                    ///< "" of the root
    command_pointer command = {};             ///< null where the words so far only begin others
    std::vector<command_node> children = {};  ///< by their words
};

namespace detail {

HAFT_COLD inline std::string first_line(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

HAFT_COLD inline std::vector<command_row> rows_of(const command_table& table) {
    std::vector<command_row> out;
    for (const command_pointer& one : table.entries) {
        command_row row{.name = one->name,
                        .qualified = one->qualified(),
                        .owner = one->owner,
                        .summary = first_line(one->what.description),
                        .usage = one->usage(),
                        .shadowed = table.shadows(*one)};
        for (const std::string& alias : one->aliases)
            if (table.find(alias) == one) row.aliases.push_back(alias);
        out.push_back(std::move(row));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const command_row& a, const command_row& b) { return a.name < b.name; });
    return out;
}

/// `/weather, /w   Tell the weather`, a line each, by name.
HAFT_COLD inline std::string help_of(const command_table& table) {
    std::vector<std::pair<std::string, std::string>> lines;
    std::size_t width = 0;
    for (const command_row& row : rows_of(table)) {
        std::string names = concat({"/", row.shadowed ? row.qualified : row.name});
        for (const std::string& alias : row.aliases) append_all(names, {", /", alias});
        width = (std::max)(width, count_code_points(names));
        lines.emplace_back(std::move(names), row.summary);
    }
    std::string out;
    for (auto& [names, summary] : lines) {
        if (!out.empty()) out += '\n';
        out += names;
        if (!summary.empty()) append_all(out, {std::string(width + 2 - count_code_points(names), ' '), summary});
    }
    return out;
}

/// Of one command: usage, aliases, its whole description, a line for each parameter.
HAFT_COLD inline std::string help_of(const command_table& table, const command_entry& one) {
    std::string out = one.usage();
    std::string aliases;
    for (const std::string& alias : one.aliases)
        if (table.find(alias).get() == &one) append_all(aliases, {aliases.empty() ? "/" : ", /", alias});
    if (!aliases.empty()) append_all(out, {"\nalso ", aliases});
    if (!one.what.description.empty()) append_all(out, {"\n", one.what.description});
    for (const typed_parameter& p : one.parameters) {
        append_all(out, {"\n  <", p.name, ">"});
        std::string words;
        const auto say = [&](std::string_view before, std::string_view what) {
            if (!what.empty()) append_all(words, {words.empty() ? "" : "; ", before, what});
        };
        say("", p.description);
        std::string values;
        for (const std::string& v : p.values) append_all(values, {values.empty() ? "" : ", ", v});
        say("one of ", values);
        say("default ", p.default_text);
        if (!words.empty()) append_all(out, {"  ", words});
    }
    return out;
}

HAFT_COLD inline command_node tree_of(const command_table& table) {
    command_node root;
    for (const auto& [name, entry] : table.by_name) {
        if (name != entry->name) continue;  // an alias
        command_node* at = &root;
        for (std::string_view rest = name; !rest.empty();) {
            const std::size_t end = (std::min)(rest.find(' '), rest.size());
            const std::string_view word = rest.substr(0, end);
            rest.remove_prefix(end < rest.size() ? end + 1 : end);
            auto known = std::find_if(at->children.begin(), at->children.end(),
                                      [&](const command_node& child) { return child.word == word; });
            if (known == at->children.end()) known = at->children.insert(known, {.word = std::string(word)});
            at = &*known;
        }
        at->command = entry;
    }
    return root;
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMMAND_HELP_HPP
