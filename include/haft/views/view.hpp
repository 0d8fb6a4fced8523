// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_VIEW_HPP
#define HAFT_VIEWS_VIEW_HPP

/// Sets of tools made of other sets: `tools | views::filter({"fs.*"}) | views::prefix("local.")`. Each gives a new set that
/// shares with the first what its tools need to live. [NX-05]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace views {

/// What `|` takes: a step from one set to another.
template <class V>
concept view = requires(const V& v, const toolset& from) {
    { v(from) } -> std::same_as<toolset>;
};

}  // namespace views

/// The set that a view makes of this one. What it could not do is in the new set's `refusals()`; what this one has refused and
/// warned of the new one tells as well.
template <views::view V>
toolset operator|(const toolset& from, const V& to) {
    toolset out = to(from);
    out.add_problems_of(from);
    return out;
}

namespace views {

/// The tools for which `keep(tool)` holds.
template <std::predicate<const tool&> Keep>
auto filter(Keep keep) {
    return [keep = std::move(keep)](const toolset& from) {
        toolset out;
        for (std::size_t i = 0; i < from.size(); ++i)
            if (keep(from[i])) out.add_from(from, i);
        return out;
    };
}
/// The tools that are selected. A selection that names what the set does not have selects nothing, and is among the refusals.
HAFT_COLD inline auto filter(selector wanted) {
    return [wanted = std::move(wanted)](const toolset& from) {
        result<toolset> chosen = select(from, wanted);
        if (chosen) return std::move(*chosen);
        toolset out;
        out.refuse(chosen.error());
        return out;
    };
}

/// All names with something before them: `prefix("fs.")`.
HAFT_COLD inline auto prefix(std::string before) {
    return [before = std::move(before)](const toolset& from) {
        toolset out;
        for (std::size_t i = 0; i < from.size(); ++i) out.add_from(from, i, concat({before, from[i].name}));
        return out;
    };
}

/// One tool under another name. If there is no such tool, or another has the new name, all stay as they are, and the reason is
/// among the refusals.
HAFT_COLD inline auto rename(std::string from_name, std::string to_name) {
    return [from_name = std::move(from_name), to_name = std::move(to_name)](const toolset& from) {
        toolset out;
        const tool* const renamed = from.find(from_name);
        const tool* const holder = from.find(to_name);
        const bool taken = renamed && holder && holder != renamed;
        if (!renamed) out.refuse(from.no_such_tool(from_name));
        if (taken)
            out.refuse(
                {errc::duplicate_tool, concat({"tool ", in_quotes(from_name),
                                               " was not renamed: there is another tool ", in_quotes(to_name)})});
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (&from[i] == renamed && !taken) out.add_from(from, i, to_name);
            else out.add_from(from, i);
        }
        return out;
    };
}

/// Each tool as `change(tool&)` leaves it, or not at all where that gives false. The texts that it puts in must live as long as
/// the new set: literals do. (PydanticAI's prepared)
template <std::predicate<tool&> Change>
auto prepared(Change change) {
    return [change = std::move(change)](const toolset& from) {
        toolset out;
        for (std::size_t i = 0; i < from.size(); ++i)
            if (tool t = from[i]; change(t)) out.add(t, from.keeper(i));
        return out;
    };
}

}  // namespace views

/// All tools of several sets, one set after the other. Two tools of one name are an error that names both: give one set a
/// prefix.
template <std::same_as<toolset>... Sets>
    requires(sizeof...(Sets) > 0)
result<toolset> combine(const Sets&... sets) {
    toolset out;
    result<void> all;
    const auto add = [&](const toolset& set) {
        if (all) all = out.add(set);
    };
    (add(sets), ...);
    if (!all) return std::move(all.error());
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_VIEWS_VIEW_HPP
