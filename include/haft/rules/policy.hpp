// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_POLICY_HPP
#define HAFT_RULES_POLICY_HPP

/// Which calls a model may make without anybody being asked, which it may not make, and of which somebody has to be asked: a
/// pure function of the policy, the session, the tool and its arguments. [EX-12, jaato's order]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/rules/call_signature.hpp>
#include <haft/rules/policy_rule.hpp>
#include <haft/rules/policy_sanitiser.hpp>
#include <haft/rules/policy_session.hpp>
#include <haft/rules/spellings.hpp>
#include <haft/rules/tool_identity.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

enum class verdict : unsigned char { deny, ask, allow };

/// Whose word it was, in the order in which they are asked.
enum class decided_by : unsigned char {
    arguments,  ///< they are no JSON object, or beyond the limits
    sanitiser,
    session_blacklist,
    blacklist,
    session_whitelist,
    whitelist,
    default_rule,
    failed_check,  ///< something threw
};

struct decision {
    verdict what = verdict::deny;
    decided_by by = decided_by::failed_check;
    std::string rule = {};  ///< the entry, as its `words()`; the name of a sanitiser
    std::string why = {};   ///< a sentence for people and models

    bool operator==(const decision&) const = default;
};

struct policy {
    std::vector<policy_sanitiser> sanitisers = {};
    std::vector<policy_rule> blacklist = {};
    std::vector<policy_rule> whitelist = {};
    verdict otherwise = verdict::deny;  ///< where no list speaks of a call

    /// With `otherwise = allow`: tools that say nothing of their effect are let through as well. Tools that are destructive, or
    /// want approval, never are: somebody is asked.
    bool trusts_unspecified = false;
};

/// Whether a call of a tool has to be agreed to by a word that speaks of it, and not by nobody's objection.
constexpr bool wants_explicit_yes(const tool& t, bool trusts_unspecified = false) noexcept {
    return t.needs_approval || t.effect == effect::destructive ||
           (t.effect == effect::unspecified && !trusts_unspecified);
}

namespace detail {

/// One call as the lists are asked about it. A refusal means it in every spelling of its tool's name; a permission by the tool's own
/// name only, since another tool may have the spelling for its name.
class call_in_question {
public:
    HAFT_COLD call_in_question(const tool& t, const call_signature& call, std::string_view owner)
        : tool_(t), call_(call), owner_(owner) {
        for (std::string& name : portable_spellings(t.name)) {
            call_signature renamed_call = renamed(call, t.name, name);
            others_.push_back({std::move(name), std::move(renamed_call)});
        }
    }
    HAFT_COLD std::string objection(const policy_sanitiser& s) const {
        if (std::string why = s.objection(tool_.name, call_); !why.empty()) return why;
        for (const spelled& other : others_)
            if (std::string why = s.objection(other.name, other.call); !why.empty()) return why;
        return {};
    }
    HAFT_COLD bool is_refused_by(const policy_rule& rule) const {
        if (rule.matches(tool_.name, call_)) return true;
        for (const spelled& other : others_)
            if (rule.matches(other.name, other.call)) return true;
        return false;
    }
    HAFT_COLD bool is_permitted_by(const policy_rule& rule) const {
        return rule.matches(tool_.name, call_) &&
               (rule.identity.empty() || rule.identity == tool_identity(tool_, owner_));
    }

private:
    struct spelled {
        std::string name;
        call_signature call;
    };
    const tool& tool_;
    const call_signature& call_;
    std::string_view owner_;
    std::vector<spelled> others_;
};

inline const policy_rule& rule_of(const policy_rule& one) noexcept { return one; }
inline const policy_rule& rule_of(const session_entry& one) noexcept { return one.rule; }

/// The first entry that holds; one that goes before the others (an exact one) before that.
template <class Entry, class Holds, class First>
const policy_rule* matching(const std::vector<Entry>& list, Holds holds, First goes_first) {
    const policy_rule* found = nullptr;
    for (const Entry& one : list) {
        const policy_rule& rule = rule_of(one);
        const bool first = goes_first(rule);
        if ((!found || first) && holds(rule)) {
            found = &rule;
            if (first) break;
        }
    }
    return found;
}

HAFT_COLD inline decision decide_signed(const policy& by, const policy_session& session, const tool& t,
                                        const call_signature& call, std::string_view owner) {
    const call_in_question asked(t, call, owner);
    const auto refuses = [&](const policy_rule& rule) { return asked.is_refused_by(rule); };
    const auto permits = [&](const policy_rule& rule) { return asked.is_permitted_by(rule); };
    const auto is_exact = [](const policy_rule& rule) { return rule.is_exact(); };
    const auto is_one_call = [](const policy_rule& rule) { return rule.kind == rule_kind::call; };
    const auto in_order = [](const policy_rule&) { return false; };
    const auto listed = [&](verdict what, decided_by who, const policy_rule& rule, std::string_view where) {
        const std::string words = rule.words();
        return decision{what, who, words,
                        concat({rule.kind == rule_kind::argument ? words : in_quotes(words), " is on the ", where,
                                what == verdict::deny ? ", so it may not be called so" : ""})};
    };
    for (const policy_sanitiser& s : by.sanitisers)
        if (const std::string why = asked.objection(s); !why.empty())
            return {verdict::deny, decided_by::sanitiser, s.name, why};

    const policy_rule* const permitted = matching(session.whitelist, permits, is_one_call);
    const bool exactly_permitted = permitted && is_one_call(*permitted);
    // The very call that somebody permitted in this session beats what somebody forbade in it by a pattern, and nothing else. Yes
    // to a whole tool does not: `rm *` was forbidden in full knowledge of the tool.
    if (const policy_rule* const rule = matching(session.blacklist, refuses, is_exact);
        rule && (rule->is_exact() || !exactly_permitted))
        return listed(verdict::deny, decided_by::session_blacklist, *rule, "blacklist of this session");
    if (const policy_rule* const rule = matching(by.blacklist, refuses, in_order))
        return listed(verdict::deny, decided_by::blacklist, *rule, "blacklist");
    if (permitted)
        return listed(verdict::allow, decided_by::session_whitelist, *permitted, "whitelist of this session");
    if (session.all)
        return {verdict::allow, decided_by::session_whitelist, "all", "everything is permitted in this session"};
    if (const policy_rule* const rule = matching(by.whitelist, permits, in_order))
        return listed(verdict::allow, decided_by::whitelist, *rule, "whitelist");
    if (by.otherwise == verdict::allow && wants_explicit_yes(t, by.trusts_unspecified))
        return {
            verdict::ask, decided_by::default_rule, {}, "it may change or delete something, and no rule permits it"};
    return {by.otherwise,
            decided_by::default_rule,
            {},
            by.otherwise == verdict::deny ? "no rule permits it" : "no rule speaks of it"};
}

}  // namespace detail

/// What the policy says of a call of a tool that this owner offers ("": nobody knows, or none does). The order: sanitisers; the
/// blacklists, the session's first; the whitelists, the session's first; `otherwise`. A check that throws denies. Changes nothing, asks nobody. Time O(rules * signature), see glob_matches.
HAFT_COLD inline decision decide(const policy& by, const policy_session& session, const tool& t,
                                 std::string_view arguments, const json::read_limits& limits = {},
                                 std::string_view owner = {}) {
    try {
        const result<call_signature> call = sign_call(t.name, arguments, limits);
        if (!call) return {verdict::deny, decided_by::arguments, {}, call.error().text()};
        return detail::decide_signed(by, session, t, *call, owner);
    } catch (...) {
        return {verdict::deny,
                decided_by::failed_check,
                {},
                concat({"a check of the call failed: ", detail::caught_text()})};
    }
}
/// The same where nobody has decided anything yet.
HAFT_COLD inline decision decide(const policy& by, const tool& t, std::string_view arguments,
                                 const json::read_limits& limits = {}) {
    return decide(by, policy_session{}, t, arguments, limits);
}
/// The same by name. A tool that does not exist is an error (E0211), and not a question for anybody.
HAFT_COLD inline result<decision> decide(const policy& by, const policy_session& session, const toolset& tools,
                                         std::string_view name, std::string_view arguments,
                                         const json::read_limits& limits = {}) {
    const tool* const t = tools.find(name);
    if (!t) return tools.no_such_tool(name);
    return decide(by, session, *t, arguments, limits);
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_POLICY_HPP
