// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_CALL_HOOKS_HPP
#define HAFT_RUN_CALL_HOOKS_HPP

/// The hook points around a call, fired by a runner: tool_pre_execute, tool_error, tool_post_execute. [HK-10, faults 149, 150, 153]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/hook/points.hpp>
#include <haft/json/canonical.hpp>
#include <haft/json/pieces.hpp>
#include <haft/run/call_runner.hpp>

#include <functional>
#include <string>
#include <utility>

namespace haft::inline v0 {

/// What hooks are shown besides the call.
struct call_surroundings {
    std::string workspace = {};
    std::function<message_log()> log = {};  ///< the talk so far; asked on the thread of run_all
};

namespace detail {

class call_hooks {
public:
    call_hooks(hook_set& hooks, call_surroundings around) : hooks_(&hooks), around_(std::move(around)) {}

    HAFT_COLD call_verdict before(const running_call& c) const {
        if (!c.tool) return {};
        tool_pre_execute::data data;
        data.call = shown(c);
        data.tool = c.tool->name;
        data.owner = owner_of(c);
        data.effect = c.tool->effect;
        data.workspace = around_.workspace;
        data.log = log();
        hook_reply said = hooks_->emit<tool_pre_execute>(data);
        hand_on(c, said);
        if (said.vetoed) return call_verdict::cancel(*said.vetoed);
        if (data.call.name != c.call.name || data.tool != c.tool->name)  // by a cast
            return call_verdict::refuse(
                {errc::call_changed, concat({"the call was not made: a hook wants another tool instead of ",
                                             in_quotes(c.tool->name), ", which no hook may"})});
        if (said.replacement) return call_verdict::replace(std::move(*said.replacement));
        return {};
    }
    HAFT_COLD void behind(const running_call& c, call_outcome& outcome) const {
        if (outcome.failed()) {
            tool_error::data data;
            data.call = shown(c);
            data.tool = c.tool->name;
            data.error = *outcome.problem;
            hand_on(c, hooks_->emit<tool_error>(data));
        }
        tool_post_execute::data data;
        data.call = shown(c);
        data.result = answer_of(c.call, outcome);
        data.tool = c.tool->name;
        data.owner = owner_of(c);
        data.workspace = around_.workspace;
        data.log = log();
        hook_reply said = hooks_->emit<tool_post_execute>(data);
        hand_on(c, said);
        if (!said.replacement) return;
        if (outcome.failed()) {
            outcome.problem->message = std::move(*said.replacement);
            outcome.problem->faults.clear();
            outcome.problem->more_faults = 0;
        } else {
            outcome.text = std::move(*said.replacement);
            outcome.is_json = outcome.is_json && json::is_json(outcome.text);
        }
    }

private:
    /// The call with the arguments that the tool is given, in their one canonical spelling: `"\u0061"` must not hide an `"a"`
    /// from a hook that looks for it.
    static tool_call shown(const running_call& c) {
        tool_call out = c.call;
        const result<std::string> canonical = json::canonical(c.arguments);
        out.arguments = canonical ? *canonical : c.arguments;
        return out;
    }
    static std::string owner_of(const running_call& c) { return c.served ? c.served->row_of(*c.tool).owner->name : ""; }
    message_log log() const { return around_.log ? around_.log() : nullptr; }
    static void hand_on(const running_call& c, const hook_reply& said) {
        c.messages->insert(c.messages->end(), said.messages.begin(), said.messages.end());
    }
    hook_set* hooks_;
    call_surroundings around_;
};

}  // namespace detail

/// Lets a runner fire the points around each call of a tool that exists: tool_pre_execute among the before-calls, where a veto is
/// `Cancelled: …` and other arguments are checked as the first ones were; tool_error and then tool_post_execute once for each call
/// that was executed, where another result is held against the output schema. The hooks must outlive the runner. [HK-10]
HAFT_COLD inline call_runner& fire_hooks(call_runner& runner, hook_set& hooks, call_surroundings around = {}) {
    const detail::call_hooks all(hooks, std::move(around));
    runner.before([all](const running_call& c) { return all.before(c); });
    runner.change([all](const running_call& c, call_outcome& outcome) { all.behind(c, outcome); });
    return runner;
}

}  // namespace haft::inline v0

#endif  // HAFT_RUN_CALL_HOOKS_HPP
