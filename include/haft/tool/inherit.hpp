// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_INHERIT_HPP
#define HAFT_TOOL_INHERIT_HPP

/// A tool that is part of something larger, a toolbox or a parent tool: its name there, and what it has of its parent's words.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace detail {

/// The hints without those that claim that a tool is harmless.
constexpr hints without_claims(hints all) noexcept {
    constexpr auto claims = static_cast<unsigned>(hints::idempotent | hints::closed_world);
    return static_cast<hints>(static_cast<unsigned>(all) & ~claims);
}

}  // namespace detail

/// What a tool does not say its parent says. The effect, if it names none; what the parent warns of always, what it claims to be
/// harmless (idempotent, closed-world) only of a tool that says nothing itself. It can be used where both can, and is deferred or
/// disabled by default if one of them is. `both` is where the two availabilities are put together; it must live as long as the
/// tool. [TD-11]
constexpr void inherit(tool& t, const about& parent, availability& both) noexcept {
    const bool says_nothing = t.effect == effect::unspecified && t.hints == hints::none;
    if (t.effect == effect::unspecified) t.effect = parent.effect;
    t.hints = t.hints | (says_nothing ? parent.hints : detail::without_claims(parent.hints));
    t.deferred = t.deferred || parent.deferred;
    t.disabled_by_default = t.disabled_by_default || parent.disabled_by_default;
    if (!parent.available) return;
    both.parts = {parent.available, t.available};
    t.available = t.available ? &both : parent.available;
}

namespace detail {

/// Adds a tool as part of a parent: `parent.name`, with what it inherits. `description` is for one that has none.
HAFT_COLD inline result<void> add_part(toolset& to, std::string_view parent_name, const about& parent, tool t,
                                       const shared_thing& keeper, std::string description = {}) {
    struct part {
        std::string name, description;
        shared_thing keeper;
        availability both = {};
    };
    part* kept = nullptr;
    shared_thing all =
        shared_thing::make<part>(kept, part{concat({parent_name, ".", t.name}), std::move(description), keeper});
    t.name = kept->name;
    if (t.description.empty()) t.description = kept->description;
    inherit(t, parent, kept->both);
    return to.add(t, std::move(all));
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_INHERIT_HPP
