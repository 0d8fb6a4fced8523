// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_ENTRY_HPP
#define HAFT_COMMAND_COMMAND_ENTRY_HPP

/// A command where it is offered: with its owner, and with what it needs to live.

#include <haft/command/command.hpp>
#include <haft/command/completion.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/schema/typed_parameter.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What goes with a command into a set.
struct command_added_as {
    std::string owner = {};                   ///< "" if nobody's
    std::shared_ptr<const void> keeper = {};  ///< what owns the things that the command points to
    stateful_completer completer = {};        ///< for parameters that have no completer of their own
};

/// `/weather <city> [<days>]`
HAFT_COLD inline std::string usage_of(std::string_view name, const std::vector<typed_parameter>& parameters) {
    std::string out = concat({"/", name});
    for (const typed_parameter& one : parameters) append_all(out, {" ", one.usage()});
    return out;
}

/// One command of a set. It never changes, and lives as long as somebody uses it.
struct command_entry {
    command what;
    std::string name;  ///< under which it is found; a policy may have given it a number
    std::string owner;
    std::vector<std::string> aliases;
    std::vector<typed_parameter> parameters;
    std::shared_ptr<const void> keeper;
    stateful_completer completer;
    std::uint64_t number = 0;

    /// `owner.command`, which finds it whatever else is called like it; the name alone if it is nobody's.
    HAFT_COLD std::string qualified() const {
        return owner.empty() ? std::string(what.name) : concat({owner, ".", what.name});
    }
    HAFT_COLD std::string usage() const { return usage_of(name, parameters); }
    /// Who it is, for messages: `/weather of owner "a" (a.cpp:12)`.
    HAFT_COLD std::string told() const {
        std::string out = concat({"/", name});
        if (!owner.empty()) append_all(out, {" of owner ", in_quotes(owner)});
        if (what.origin) append_all(out, {", ", what.origin->text()});
        return out;
    }
};

using command_pointer = std::shared_ptr<const command_entry>;

namespace detail {

/// What each name means, as long as nothing is added or withdrawn.
struct command_table {
    std::vector<command_pointer> entries;                         // in the order in which they were added
    std::map<std::string, command_pointer, std::less<>> by_name;  // and by alias
    std::map<std::string, command_pointer, std::less<>> by_qualified;

    HAFT_COLD command_table(std::vector<command_pointer> all, on_duplicate policy) : entries(std::move(all)) {
        const bool later = policy == on_duplicate::replace || policy == on_duplicate::replace_with_warning;
        std::map<std::string, command_pointer, std::less<>> names;
        const auto put = [&](auto& where, const std::string& name, const command_pointer& one) {
            if (later) where.insert_or_assign(name, one);
            else where.try_emplace(name, one);
        };
        for (const command_pointer& one : entries) put(names, one->name, one);
        // The aliases of what is shadowed are so too, and a name beats an alias.
        for (const command_pointer& one : entries)
            if (names.find(one->name)->second == one)
                for (const std::string& alias : one->aliases)
                    if (!names.contains(alias)) put(by_name, alias, one);
        for (const auto& [name, one] : names) by_name.insert_or_assign(name, one);
        for (const command_pointer& one : entries)
            if (!one->owner.empty()) by_qualified.insert_or_assign(one->qualified(), one);
    }

    command_pointer find(std::string_view name) const {
        if (const auto known = by_name.find(name); known != by_name.end()) return known->second;
        const auto known = by_qualified.find(name);
        return known == by_qualified.end() ? nullptr : known->second;
    }
    bool shadows(const command_entry& one) const { return find(one.name).get() != &one; }
    /// Whether a command's name consists of these words and more.
    bool is_group(std::string_view words) const {
        const std::string prefix = concat({words, " "});
        for (const auto* const names : {&by_name, &by_qualified})
            if (const auto next = names->lower_bound(prefix); next != names->end() && next->first.starts_with(prefix))
                return true;
        return false;
    }
};

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMMAND_ENTRY_HPP
