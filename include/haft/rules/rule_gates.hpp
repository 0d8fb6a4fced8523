// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_RULE_GATES_HPP
#define HAFT_RULES_RULE_GATES_HPP

/// The rules as gates and layers of a call_runner: `runner.add_gate(haft::policy_gate(guard))`. What they are made of must
/// outlive the runner, or is shared with it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/registry/owner.hpp>
#include <haft/rules/approval_chain.hpp>
#include <haft/rules/call_limits.hpp>
#include <haft/rules/failure_record.hpp>
#include <haft/rules/loop_detector.hpp>
#include <haft/rules/permission.hpp>
#include <haft/rules/policy_guard.hpp>
#include <haft/rules/prerequisites.hpp>
#include <haft/rules/retry_budget.hpp>
#include <haft/rules/taint.hpp>
#include <haft/run/batch_result.hpp>
#include <haft/run/call_runner.hpp>
#include <haft/run/call_verdict.hpp>
#include <haft/run/callbacks.hpp>
#include <haft/run/running_call.hpp>
#include <haft/run/tools_now.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/tool_call.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace detail {

inline call_verdict verdict_of(permission&& p) {
    if (p.refusal) return call_verdict::refuse(std::move(*p.refusal));
    if (p.arguments) return call_verdict::replace(std::move(*p.arguments));
    return call_verdict::proceed();
}
inline const call_options& options_of(const running_call& call) {
    static const call_options none;
    return call.options ? *call.options : none;
}
/// Who offers the call's tool; "" if it comes from a plain toolset.
inline std::string_view owner_name_of(const running_call& call) {
    const owner* const of = call.served ? call.served->owner_of(call.tool->name) : nullptr;
    return of ? std::string_view(of->name) : std::string_view();
}
/// Who made the call's tool: of which set its budget is.
inline std::string_view set_of(const running_call& call) {
    if (const std::string_view name = owner_name_of(call); !name.empty()) return name;
    return call.tool->origin ? call.tool->origin->toolbox : std::string_view();
}
/// Somebody has to agree to this very call: the options' approver, whatever it permits by rules.
HAFT_COLD inline call_verdict asked_for(const running_call& call, const std::string& why) {
    const auto no = [&](std::string_view reason) {
        return call_verdict::refuse(
            {errc::not_approved, concat({"tool ", in_quotes(call.tool->name), " was not called: ", reason})});
    };
    approver* const asked = options_of(call).asked;
    if (!asked) return no(concat({"it needs approval (", why, "), and there is nobody to give it"}));
    haft::tool wanted = *call.tool;
    wanted.description = why;
    wanted.needs_approval = true;
    const approval answer = asked->demand(wanted, call.arguments, why);
    if (answer.given) return call_verdict::proceed();
    return no(answer.reason.empty() ? "approval was denied" : concat({"approval was denied: ", mended(answer.reason)}));
}

}  // namespace detail

/// The form of calls. [EX-13]
inline gate limits_gate(call_limits limits = {}) {
    return {"limits of calls", gate_stage::check, [limits](const running_call& call) {
                result<void> fits = fits_limits(limits, call.call.name, call.arguments);
                return fits ? call_verdict::proceed() : call_verdict::refuse(std::move(fits.error()));
            }};
}

/// Decides, asks whom the guard asks, and puts edited arguments in place. [EX-12]
inline gate policy_gate(policy_guard& guard) {
    return {"policy", gate_stage::policy, [&guard](const running_call& call) {
                return detail::verdict_of(
                    guard.judge(*call.tool, call.arguments, detail::options_of(call), detail::owner_name_of(call)));
            }};
}

/// Asks the chain, in a context of the host's. [EX-11]
inline gate approval_gate(const approval_chain& chain, std::string context = {}) {
    return {"approval", gate_stage::approval, [&chain, context = std::move(context)](const running_call& call) {
                return detail::verdict_of(chain.judge(*call.tool, call.arguments, detail::options_of(call), context));
            }};
}

/// Refuses calls that go in circles. For one conversation. [EX-13]
inline void watch_for_loops(call_runner& runner, loop_limits limits = {}) {
    struct state {
        explicit state(loop_limits its) : loops(its) {}
        std::mutex mutex;
        loop_detector loops;
    };
    auto all = std::make_shared<state>(limits);
    runner.add_gate({"loops", gate_stage::limit, [all](const running_call& call) {
                         const std::lock_guard guard(all->mutex);
                         result<void> fine = all->loops.before(call.tool->name, call.arguments);
                         return fine ? call_verdict::proceed() : call_verdict::refuse(std::move(fine.error()));
                     }});
    runner.after([all](const running_call& call, const call_outcome& outcome) {
        const std::lock_guard guard(all->mutex);
        all->loops.after(call.tool->name, call.arguments, outcome.failed() ? outcome.problem->text() : outcome.text);
    });
}

/// What keeps failing wants the approval of `call_options::asked`. [EX-13]
inline void watch_failures(call_runner& runner,
                           std::shared_ptr<failure_record> record = std::make_shared<failure_record>()) {
    runner.add_gate({"failures", gate_stage::approval, [record](const running_call& call) {
                         const std::string why = record->wants_approval(call.tool->name, call.arguments);
                         return why.empty() ? call_verdict::proceed() : detail::asked_for(call, why);
                     }});
    runner.after([record](const running_call& call, const call_outcome& outcome) {
        if (outcome.failed()) record->failed(call.tool->name, call.arguments);
        else record->succeeded(call.tool->name, call.arguments);
    });
}

/// Which tool comes before which. [EX-13]
inline void keep_order(call_runner& runner, std::shared_ptr<prerequisites> order) {
    runner.add_gate({"order of tools", gate_stage::limit, [order](const running_call& call) {
                         result<void> fine = order->may_come(call.tool->name, call.arguments);
                         return fine ? call_verdict::proceed() : call_verdict::refuse(std::move(fine.error()));
                     }});
    runner.after([order](const running_call& call, const call_outcome& outcome) {
        if (!outcome.failed()) order->succeeded(call.tool->name, call.arguments);
    });
}

/// What can send something away wants the approval of `call_options::asked`, once the model has read private data and texts that
/// anybody may have written. For one conversation; of one that is gone on with, `before` says what it has read (taint_watch_of). [NX-17]
inline void watch_taint(call_runner& runner, taint_watch before = {}) {
    struct state {
        explicit state(taint_watch known) : seen(known) {}
        std::mutex mutex;
        taint_watch seen;
    };
    auto all = std::make_shared<state>(before);
    runner.add_gate({"taint", gate_stage::approval, [all](const running_call& call) {
                         std::string why;
                         {
                             const std::lock_guard guard(all->mutex);
                             why = all->seen.wants_approval(*call.tool);
                         }
                         return why.empty() ? call_verdict::proceed() : detail::asked_for(call, why);
                     }});
    // Where the answer is given, and not around the tool: it may come from a cache. An error may hold what a result would.
    runner.after([all](const running_call& call, const call_outcome&) {
        const std::lock_guard guard(all->mutex);
        all->seen.gave(*call.tool);
    });
}

/// Counts the retries of a batch that has ended, and tells the model in its answers how many are left. All failures are there: of
/// tools, of checks, of arguments that did not fit. [NX-07]
HAFT_COLD inline void count_retries(batch_result& batch, retry_budget& budget, const tools_now& tools) {
    for (std::size_t i = 0; i < batch.answers.size(); ++i) {
        tool_answer& answer = batch.answers[i];
        const tool* const t = tools.find(answer.name);
        if (!t) continue;  // who asks for what there is not is told so
        if (!answer.is_error) {
            budget.succeeded(t->name);
            continue;
        }
        if (i >= batch.problems.size() || !batch.problems[i]) continue;
        running_call call;
        call.tool = t;
        call.served = tools.served();
        batch.problems[i] = budget.failed(t->name, detail::set_of(call), std::move(*batch.problems[i]));
        answer.text = concat({"Error: ", batch.problems[i]->text()});
    }
}

/// A layer that does the same for each call as it ends, but sees only what was executed: arguments that do not fit, and what a gate
/// refuses, don't come to a layer. [NX-07]
inline middleware counting_retries(std::shared_ptr<retry_budget> budget) {
    return [budget = std::move(budget)](const running_call& call, const next_call& next) -> call_outcome {
        call_outcome out = next();
        if (out.paused()) return out;
        if (!out.failed()) budget->succeeded(call.tool->name);
        else out.problem = budget->failed(call.tool->name, detail::set_of(call), std::move(*out.problem));
        return out;
    };
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_RULE_GATES_HPP
