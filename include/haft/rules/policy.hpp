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
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <string>
#include <string_view>
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

HAFT_COLD inline const policy_rule* matching(const std::vector<policy_rule>& list, std::string_view tool,
                                             const call_signature& of) {
    for (const policy_rule& rule : list)
        if (rule.matches(tool, of)) return &rule;
    return nullptr;
}
/// An exact entry goes before patterns.
HAFT_COLD inline const policy_rule* matching(const std::vector<session_entry>& list, std::string_view tool,
                                             const call_signature& of) {
    const policy_rule* found = nullptr;
    for (const session_entry& one : list)
        if ((!found || one.rule.is_exact()) && one.rule.matches(tool, of)) {
            found = &one.rule;
            if (one.rule.is_exact()) break;
        }
    return found;
}

HAFT_COLD inline decision decide_signed(const policy& by, const policy_session& session, const tool& t,
                                        const call_signature& call) {
    const auto listed = [&](verdict what, decided_by who, const policy_rule& rule, std::string_view where) {
        const std::string words = rule.words();
        return decision{what, who, words,
                        concat({rule.kind == rule_kind::argument ? words : in_quotes(words), " is on the ", where,
                                what == verdict::deny ? ", so it may not be called so" : ""})};
    };
    for (const policy_sanitiser& s : by.sanitisers)
        if (const std::string why = s.objection(t.name, call); !why.empty())
            return {verdict::deny, decided_by::sanitiser, s.name, why};

    const policy_rule* const permitted = matching(session.whitelist, t.name, call);
    const bool exactly_permitted = permitted && permitted->is_exact();
    // What somebody permitted exactly in this session beats what somebody forbade in it by a pattern, and nothing else.
    if (const policy_rule* const rule = matching(session.blacklist, t.name, call);
        rule && (rule->is_exact() || !exactly_permitted))
        return listed(verdict::deny, decided_by::session_blacklist, *rule, "blacklist of this session");
    if (const policy_rule* const rule = matching(by.blacklist, t.name, call))
        return listed(verdict::deny, decided_by::blacklist, *rule, "blacklist");
    if (permitted)
        return listed(verdict::allow, decided_by::session_whitelist, *permitted, "whitelist of this session");
    if (session.all)
        return {verdict::allow, decided_by::session_whitelist, "all", "everything is permitted in this session"};
    if (const policy_rule* const rule = matching(by.whitelist, t.name, call))
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

/// What the policy says of a call. The order: sanitisers; the blacklists, the session's first; the whitelists, the session's
/// first; `otherwise`. A check that throws denies. Changes nothing, asks nobody. Time O(rules * signature), see glob_matches.
HAFT_COLD inline decision decide(const policy& by, const policy_session& session, const tool& t,
                                 std::string_view arguments, const json::read_limits& limits = {}) {
    try {
        const result<call_signature> call = sign_call(t.name, arguments, limits);
        if (!call) return {verdict::deny, decided_by::arguments, {}, call.error().text()};
        return detail::decide_signed(by, session, t, *call);
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
