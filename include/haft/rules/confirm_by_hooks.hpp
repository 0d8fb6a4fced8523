// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_CONFIRM_BY_HOOKS_HPP
#define HAFT_RULES_CONFIRM_BY_HOOKS_HPP

/// The hooks of the point tool_confirm as one who answers in an approval chain. [EX-11]

#include <haft/core/config.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/points.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/rules/approval_chain.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/tool.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// Asks the hooks, at that priority among the others of the chain; the first hook that gives an approval answers, and one that throws
/// skips the call. The hooks must outlive the handle.
inline enlistment confirm_by_hooks(approval_chain& chain, hook_set& hooks, int priority = 0) {
    return chain.add(priority, [&hooks](const tool& wanted, std::string_view arguments) -> std::optional<confirmation> {
        tool_confirm::data data;
        data.call.name = wanted.name;
        data.call.arguments = arguments;
        data.tool = wanted.name;
        data.effect = wanted.effect;
        std::optional<approval> said = hooks.emit<tool_confirm>(data);
        if (!said) return std::nullopt;
        if (said->given) return confirmation::confirm();
        return said->reason.empty() ? confirmation::skip() : confirmation::skip(std::move(said->reason));
    });
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_CONFIRM_BY_HOOKS_HPP
