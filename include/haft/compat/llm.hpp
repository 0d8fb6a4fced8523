// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMPAT_LLM_HPP
#define HAFT_COMPAT_LLM_HPP

/// Where llm does otherwise than haft's default, as values for haft's options. What is not here llm does as haft does: names of
/// toolboxes begin with a capital letter, the second loader of a prefix is `prefix_1`, the later model of an id counts, texts such as
/// `Cancelled: reason`.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/talk/loop_guard.hpp>

#include <string>

namespace haft::inline v0::compat::llm {

/// The second tool of a name is called `name_1`: `registry_options{.tools = …}`. [RG-03]
inline constexpr on_duplicate tools = on_duplicate::suffix;

/// A point of one's own at which the hook that was added last comes first among equals, which is pluggy's rule:
/// `struct mine : haft::compat::llm::hooks { … };` [HK-11]
struct hooks {
    static constexpr ties equal = ties::last_added;
};

/// How many rounds of calls a turn may have: in a program, and on the command line. [EX-07]
inline constexpr loop_guard rounds{.max_rounds = 10};
inline constexpr loop_guard rounds_of_command_line{.max_rounds = 5};
/// What llm says when they are spent. (It raises that even if the last reply was the answer; haft asks for a final answer without
/// tools.)
HAFT_COLD inline std::string too_many_rounds(const loop_guard& guard) {
    return concat({"Chain limit of ", decimal(guard.max_rounds), " exceeded."});
}

}  // namespace haft::inline v0::compat::llm

#endif  // HAFT_COMPAT_LLM_HPP
