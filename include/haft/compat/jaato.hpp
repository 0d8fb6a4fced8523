// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMPAT_JAATO_HPP
#define HAFT_COMPAT_JAATO_HPP

/// Where jaato does otherwise than haft's default, as values for haft's options. What is not here jaato does as haft does: the order of
/// enrichers and its default 50, the order of a policy's rules, approval after failures, core tools that win over others.

#include <haft/kind/on_duplicate.hpp>

#include <cstddef>

namespace haft::inline v0::compat::jaato {

/// Of tools of one name the last one counts, silently: `registry_options{.tools = …}`. [RG-03]
inline constexpr on_duplicate tools = on_duplicate::replace;
/// Of commands of one name as well: `command_set::resolve_duplicates(…)`. [CM-01]
inline constexpr on_duplicate commands = on_duplicate::replace;

/// jaato's hooks of lower priority come first: `hook_options{.priority = …}` of a hook that jaato would give this one. [HK-03]
/// (Not of the least int, which has no counterpart: it becomes the greatest.)
constexpr int hook_priority(int theirs) noexcept { return theirs == -2147483647 - 1 ? 2147483647 : -theirs; }

/// The calls of one reply run on at most so many threads: `thread_pool{…}` for `runner_options::on`. [EX-06]
inline constexpr std::size_t threads = 8;

}  // namespace haft::inline v0::compat::jaato

#endif  // HAFT_COMPAT_JAATO_HPP
