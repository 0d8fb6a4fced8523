// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_POLICY_GUARD_HPP
#define HAFT_RULES_POLICY_GUARD_HPP

/// A policy at work: it decides, asks a person where the policy says so, and keeps what they decided. [EX-12]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/rules/call_signature.hpp>
#include <haft/rules/permission.hpp>
#include <haft/rules/permission_reply.hpp>
#include <haft/rules/policy.hpp>
#include <haft/rules/policy_session.hpp>
#include <haft/rules/tool_identity.hpp>
#include <haft/tool/approver.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/tool.hpp>

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// Safe from any thread. Only one person is asked at a time, and what they answer counts for those who wait behind.
///
/// It is an approver as well, for `call_options::asked`: then nobody can edit arguments, since an approver has no way to hand them
/// on, and such an answer is a no.
class policy_guard final : public approver {
public:
    /// Called with nothing of the guard locked but the turn to ask. What it throws is a no.
    using ask_function = std::function<permission_reply(const permission_question&)>;

    explicit policy_guard(policy by, ask_function asks = {}, policy_session session = {})
        : policy_(std::move(by)), asks_(std::move(asks)), session_(std::move(session)) {}
    policy_guard(const policy_guard&) = delete;
    policy_guard& operator=(const policy_guard&) = delete;

    /// Whether a call may be made. Where somebody edits its arguments they are held against the tool, and the policy is asked about
    /// them, before they count; whoever typed what the tool does not take is asked again, twice at most. [fault 149]
    /// The owner is whoever offers the tool, "" if nobody does: what is permitted of one owner's is not of another's.
    HAFT_COLD permission judge(const tool& t, std::string_view arguments, const call_options& options = {},
                               std::string_view owner = {}) {
        return judged({t, owner, options, false}, arguments, {});
    }

    /// An approver's answer: an edit is a no.
    approval ask(const tool& wanted, std::string_view arguments) override {
        return without_edits(judge(wanted, arguments));
    }
    /// Nobody but a person can say yes to this, whatever is permitted; what they permit beyond it counts for other calls. Sanitisers and
    /// blacklists can still refuse it; where no list speaks of the call the person is asked, whatever `otherwise` is.
    approval demand(const tool& wanted, std::string_view arguments, std::string_view why) override {
        return without_edits(judged({wanted, {}, {}, true}, arguments, why));
    }

    policy_session session() const {
        const std::lock_guard guard(mutex_);
        return session_;
    }
    /// Changes what holds in the session: `guard.change([](haft::policy_session& s) { s.turn_ended(); })`.
    template <class F>
    void change(F f) {
        const std::lock_guard guard(mutex_);
        f(session_);
    }
    void turn_ended() {
        change([](policy_session& s) { s.turn_ended(); });
    }
    void became_idle() {
        change([](policy_session& s) { s.became_idle(); });
    }

private:
    using kind = permission_reply::kind;

    /// What somebody may be asked about.
    struct question {
        const tool& of;
        std::string_view owner;
        const call_options& options;
        bool demanded;  ///< no list can permit it
    };

    HAFT_COLD static approval without_edits(permission&& p) {
        if (!p.given()) return {false, std::move(p.refusal->message)};
        if (p.arguments)
            return {false,
                    "its arguments were edited, and can't be changed any more; make the call with " + *p.arguments};
        return {true, {}};
    }

    HAFT_COLD permission judged(const question& q, std::string_view arguments, std::string_view why) {
        const result<call_signature> call = sign_call(q.of.name, arguments, q.options.limits);
        if (!call) return permission::refuse(call.error());
        if (const decision d = decided(q, arguments); d.what != verdict::ask) return outcome_of(q.of, d);
        const std::lock_guard turn(asking_);
        const decision now = decided(q, arguments);  // who was asked before may have answered for this call, too
        if (now.what != verdict::ask) return outcome_of(q.of, now);
        return asked(q, *call, q.demanded ? std::string(why) : now.why);
    }
    decision decided(const question& q, std::string_view arguments) const {
        decision out = decide(policy_, session(), q.of, arguments, q.options.limits, q.owner);
        if (q.demanded && (out.what == verdict::allow || out.by == decided_by::default_rule)) out.what = verdict::ask;
        return out;
    }
    HAFT_COLD static permission refused(const tool& t, errc code, std::string_view why) {
        return permission::refuse({code, concat({"tool ", in_quotes(t.name), " was not called: ", why})});
    }
    HAFT_COLD static permission outcome_of(const tool& t, const decision& d) {
        if (d.what == verdict::allow) return {};
        return refused(t, errc::denied_by_policy, d.why);
    }

    HAFT_COLD permission asked(const question& q, const call_signature& call, std::string why) {
        if (!asks_)
            return refused(q.of, errc::not_approved,
                           concat({"it needs approval (", why, "), and there is nobody to give it"}));
        for (int edits = 0;; ++edits) {
            permission_reply reply;
            try {
                reply = asks_({q.of, call, why});
            } catch (...) { return refused(q.of, errc::not_approved, "asking for approval failed"); }
            if (reply.what != kind::edit) return taken(q, reply);
            permission changed = edited(q, reply.text);
            const bool can_try_again = edits < 2 && changed.refusal && changed.refusal->code != errc::denied_by_policy;
            if (!can_try_again) return changed;
            why = changed.refusal->text();
        }
    }
    HAFT_COLD permission taken(const question& q, const permission_reply& reply) {
        const tool& t = q.of;
        const policy_rule this_tool(rule_kind::tool, std::string(t.name));
        switch (reply.what) {
            case kind::edit:
            case kind::allow:
            case kind::once: break;
            case kind::session:
                // A demand is not about the tool, and what it shows of it is not what the tool says of itself.
                if (!q.demanded) permit_tool(q);
                break;
            case kind::all: change([](policy_session& s) { s.permit_all(lasting::session); }); break;
            case kind::turn: change([](policy_session& s) { s.permit_all(lasting::turn); }); break;
            case kind::until_idle: change([](policy_session& s) { s.permit_all(lasting::until_idle); }); break;
            case kind::never: change([&](policy_session& s) { s.forbid(this_tool); }); [[fallthrough]];
            case kind::deny:
                return refused(t, errc::not_approved,
                               reply.text.empty() ? "approval was denied"
                                                  : concat({"approval was denied: ", detail::mended(reply.text)}));
            case kind::comment:
                return refused(t, errc::not_approved, concat({"whoever was asked says: ", detail::mended(reply.text)}));
            case kind::timeout: return refused(t, errc::not_approved, "nobody answered in time");
        }
        return {};
    }
    HAFT_COLD void permit_tool(const question& q) {
        policy_rule rule(rule_kind::tool, std::string(q.of.name));
        rule.identity = tool_identity(q.of, q.owner);
        change([&](policy_session& s) { s.permit(std::move(rule)); });
    }
    /// The policy need not permit what a person wrote, but where it refuses them it refuses.
    HAFT_COLD permission edited(const question& q, const std::string& arguments) {
        const result<call_signature> call = sign_call(q.of.name, arguments, q.options.limits);
        if (!call) return permission::refuse(call.error());
        if (result<void> fits = takes_arguments(q.of, call->canonical, q.options); !fits)
            return permission::refuse(fits.error());
        const decision d = decided(q, call->canonical);
        if (d.what == verdict::deny) return outcome_of(q.of, d);
        permission out;
        out.arguments = call->canonical;
        return out;
    }

    const policy policy_;
    const ask_function asks_;
    mutable std::mutex mutex_;
    std::recursive_mutex asking_;  // who is asked may make calls of their own
    policy_session session_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RULES_POLICY_GUARD_HPP
