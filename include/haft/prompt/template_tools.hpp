// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_TEMPLATE_TOOLS_HPP
#define HAFT_PROMPT_TEMPLATE_TOOLS_HPP

/// Which tools a template gets: its author's word counts for more where it is the user's own file. [TF-04]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/known_names.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/prompt/prompt_template.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct template_toolset {
    toolset tools = {};
    std::vector<std::string> refused = {};  ///< what a template asked for and, not being trusted, does not get
};

namespace detail {

HAFT_COLD inline bool matches_any(const selector& wanted, const toolset& of) {
    for (const tool& t : of)
        if (wanted.matches(t)) return true;
    return false;
}

/// Of what is allowed anyway, that which the template asks for; all of it where it asks for none.
HAFT_COLD inline result<template_toolset> tools_of_stranger(const prompt_template& what, const toolset& allowed) {
    template_toolset out;
    const auto refuse = [&](const std::string& name) {
        if (std::find(out.refused.begin(), out.refused.end(), name) == out.refused.end()) out.refused.push_back(name);
    };
    for (const std::string& name : what.functions) refuse(name);
    if (what.tools.empty()) return out.tools = allowed, out;
    selector wanted;
    for (const std::string& item : what.tools) {
        selector one;
        one.add(item);
        if (result<void> sound = one.check_items(); !sound) return std::move(sound.error());
        if (!item.starts_with('!') && !matches_any(one, allowed)) refuse(item);
        wanted.add(item);
    }
    for (std::size_t i = 0; i < allowed.size(); ++i)
        if (wanted.matches(allowed[i])) static_cast<void>(out.tools.add_from(allowed, i));  // as it is: not switched on
    return out;
}

/// Adds a tool that was named, so that it is no longer disabled by default.
HAFT_COLD inline void add_named(toolset& to, const toolset& from, std::size_t at) {
    tool t = from[at];
    t.disabled_by_default = false;
    static_cast<void>(to.add(t, from.keeper(at)));
}

/// Adds the tools that `wanted` selects, but not twice.
HAFT_COLD inline result<void> add_selected(toolset& to, const toolset& from, const selector& wanted) {
    result<toolset> more = select(from, wanted);
    if (!more) return std::move(more.error());
    for (std::size_t i = 0; i < more->size(); ++i)
        if (!to.find((*more)[i].name)) static_cast<void>(to.add_from(*more, i));
    return {};
}

HAFT_COLD inline error unknown_function(const loaded_template& of, std::string_view name, const toolset& known) {
    known_names names(name);
    for (const tool& t : known) names.add(t.name);
    error e{errc::bad_function, concat({"template ", in_quotes(of.what.name), " refers to the function ",
                                        in_quotes(name), ", and no such tool is in the program"})};
    names.append_to(e.message);
    return e;
}

}  // namespace detail

/// The tools for a talk that begins with a template. `allowed` are those that the user lets it use anyway; `known` all that the
/// program has.
///  - A trusted template adds to `allowed` what its `tools` select of `known`, and each of `known` that its `functions` name. An
///    error: a name that nobody has (E0260, of a function E0338).
///  - Any other gets what its `tools` select of `allowed`, or all of `allowed` where it names none; never more. What it asked for in
///    vain is in `refused`, its functions among it.
HAFT_COLD inline result<template_toolset> template_tools(const loaded_template& of, const toolset& allowed,
                                                         const toolset& known) {
    if (!of.trusted) return detail::tools_of_stranger(of.what, allowed);
    template_toolset out{.tools = allowed};
    if (!of.what.tools.empty()) {
        selector wanted;
        for (const std::string& item : of.what.tools) wanted.add(item);
        if (result<void> done = detail::add_selected(out.tools, known, wanted); !done) return std::move(done.error());
    }
    for (const std::string& name : of.what.functions) {
        const tool* const found = known.find(name);
        if (!found) return detail::unknown_function(of, name, known);
        if (!out.tools.find(name)) detail::add_named(out.tools, known, static_cast<std::size_t>(found - known.begin()));
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_TEMPLATE_TOOLS_HPP
