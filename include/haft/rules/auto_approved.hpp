// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_AUTO_APPROVED_HPP
#define HAFT_RULES_AUTO_APPROVED_HPP

/// Tools that their owners say may run without anybody being asked, as entries of a policy. [EX-12]

#include <haft/core/config.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/rules/policy.hpp>

#include <string>
#include <utility>

namespace haft::inline v0 {

/// The policy with the names of these tools at the end of its whitelist. Blacklists still beat them.
HAFT_COLD inline policy with_auto_approved(policy by, const catalog& served) {
    for (const tool& t : served.tools())
        if (served.is_auto_approved(t)) by.whitelist.emplace_back(rule_kind::tool, std::string(t.name));
    return by;
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_AUTO_APPROVED_HPP
