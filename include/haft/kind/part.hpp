// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_KIND_PART_HPP
#define HAFT_KIND_PART_HPP

/// What an owner offers beside tools: a hook, a command, a model, a thing of a kind of its own.

#include <haft/core/result.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/kinds.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// One thing that goes with its owner: put in where the things of its kind are when the owner is exposed, and taken out, before
/// the owner is shut down, when it is exposed no longer. Each kind has a function that makes one: `hook_part`, `command_part`, …
struct part {
    std::string kind = {};  ///< "hook", "command", … for lists and messages
    std::string name = {};  ///< of the thing
    /// Puts it in, in the name of its owner; an error keeps the owner from being exposed. May be called several times, one after
    /// the other.
    std::function<result<enlistment>(kinds& where, std::string_view owner)> enlist = {};
};

}  // namespace haft::inline v0

#endif  // HAFT_KIND_PART_HPP
