// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMPAT_QANOT_HPP
#define HAFT_COMPAT_QANOT_HPP

/// Where Qanot does otherwise than haft's default, as values for haft's options. What is not here Qanot does as haft does: what is
/// shown of long results, how many bytes of an error, the fields of a manifest.

#include <haft/core/config.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/rules/call_limits.hpp>
#include <haft/run/runner_options.hpp>
#include <haft/talk/loop_guard.hpp>
#include <haft/written/validate.hpp>

#include <chrono>

namespace haft::inline v0::compat::qanot {

/// Of tools of one name the last one counts, and a warning says so: `registry_options{.tools = …}`. [RG-03]
inline constexpr on_duplicate tools = on_duplicate::replace_with_warning;

/// Qanot's hooks of lower priority come first: `hook_options{.priority = …}` of a hook that Qanot would give this one. [HK-03]
/// (Not of the least int, which has no counterpart: it becomes the greatest.)
constexpr int hook_priority(int theirs) noexcept { return theirs == -2147483647 - 1 ? 2147483647 : -theirs; }

/// What is required and the types of the top level are all that is checked, in Qanot's texts: `validate(arguments, schema, …)`.
/// [EX-01]
inline constexpr validation arguments = validation::basic;

/// A name has at most 64 of A-Z a-z 0-9 _, and the input is an object. [EX-13]
inline constexpr call_limits calls{.name_bytes = 64, .strict_names = true};
/// A tool may take 30 seconds. [EX-13]
HAFT_COLD inline runner_options runner() {
    runner_options out;
    out.time_out = std::chrono::seconds(30);
    return out;
}
/// A turn has at most 25 rounds. [EX-07]
inline constexpr loop_guard rounds{.max_rounds = 25};

}  // namespace haft::inline v0::compat::qanot

#endif  // HAFT_COMPAT_QANOT_HPP
