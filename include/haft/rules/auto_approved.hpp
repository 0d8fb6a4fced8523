// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_AUTO_APPROVED_HPP
#define HAFT_RULES_AUTO_APPROVED_HPP

/// Tools that their owners say may run without anybody being asked, as entries of a policy. [EX-12]

#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/rules/policy.hpp>
#include <haft/rules/policy_rule.hpp>
#include <haft/rules/policy_session.hpp>
#include <haft/rules/tool_identity.hpp>
#include <haft/tool/tool.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// The policy with these tools at the end of its whitelist: each as its owner offers it now, so that another owner's tool of that name
/// is not let through, nor one that has become another. Blacklists still beat them.
HAFT_COLD inline policy with_auto_approved(policy by, const catalog& served) {
    for (const tool& t : served.tools())
        if (served.is_auto_approved(t)) {
            policy_rule& rule = by.whitelist.emplace_back(rule_kind::tool, std::string(t.name));
            rule.identity = tool_identity(t, served.row_of(t).owner->name);
        }
    return by;
}

/// What the policy says of a call of a tool that a catalog serves. A tool that is not served is an error, see catalog::not_served.
HAFT_COLD inline result<decision> decide(const policy& by, const policy_session& session, const catalog& served,
                                         std::string_view name, std::string_view arguments,
                                         const json::read_limits& limits = {}) {
    const tool* const t = served.find(name);
    if (!t) return served.not_served(name);
    return decide(by, session, *t, arguments, limits, served.row_of(*t).owner->name);
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_AUTO_APPROVED_HPP
