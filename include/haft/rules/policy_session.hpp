// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_POLICY_SESSION_HPP
#define HAFT_RULES_POLICY_SESSION_HPP

/// What people have decided in the course of a session: a value beside the policy, which stays as it is. [EX-12]

#include <haft/rules/policy_rule.hpp>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// How long a decision holds. A turn is from one message of a person to the next; a session is idle when nobody asks anything of
/// the model, after one or several turns.
enum class lasting : unsigned char { turn, until_idle, session };

struct session_entry {
    policy_rule rule;
    lasting until = lasting::session;
    bool operator==(const session_entry&) const = default;
};

struct policy_session {
    std::vector<session_entry> blacklist = {};
    std::vector<session_entry> whitelist = {};
    std::optional<lasting> all = {};  ///< whatever no list refuses is let through

    bool operator==(const policy_session&) const = default;

    void forbid(policy_rule rule, lasting until = lasting::session) { add(blacklist, std::move(rule), until); }
    void permit(policy_rule rule, lasting until = lasting::session) { add(whitelist, std::move(rule), until); }
    void permit_all(lasting until) {
        if (!all || *all < until) all = until;
    }

    /// A person's next message has come: what held for the turn is forgotten.
    void turn_ended() { forget(lasting::turn); }
    /// The model has nothing left to do: what held until then is forgotten, too.
    void became_idle() { forget(lasting::until_idle); }

private:
    static void add(std::vector<session_entry>& list, policy_rule&& rule, lasting until) {
        for (session_entry& known : list)
            if (known.rule == rule) {
                if (known.until < until) known.until = until;
                return;
            }
        list.push_back({std::move(rule), until});
    }
    void forget(lasting up_to) {
        const auto over = [&](const session_entry& one) { return one.until <= up_to; };
        std::erase_if(blacklist, over);
        std::erase_if(whitelist, over);
        if (all && *all <= up_to) all.reset();
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_RULES_POLICY_SESSION_HPP
