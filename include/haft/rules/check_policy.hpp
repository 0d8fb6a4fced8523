// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_CHECK_POLICY_HPP
#define HAFT_RULES_CHECK_POLICY_HPP

/// Whether the entries of a policy mean any tool: one that is misspelt forbids nothing. [EX-12]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/glob.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>
#include <haft/rules/policy.hpp>
#include <haft/rules/policy_rule.hpp>
#include <haft/rules/policy_sanitiser.hpp>
#include <haft/rules/spellings.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// What is wrong with the name, or the glob on names, of an entry; "" if a tool has it.
HAFT_COLD inline std::string no_tool_of(std::string_view name, std::string_view entry, bool is_refusal,
                                        const toolset& tools) {
    nearest_name nearest(name);
    std::string_view spelled_so;
    for (const tool& t : tools) {
        if (glob_matches(name, t.name)) return {};
        if (glob_means(name, t.name)) {
            if (is_refusal) return {};
            spelled_so = t.name;
        }
        nearest.consider(t.name);
    }
    std::string out = concat({in_quotes(entry), " fits no tool"});
    if (!spelled_so.empty()) out += " by its own name, and a permission has to";
    append_did_you_mean(out, spelled_so.empty() ? nearest.name() : spelled_so);
    return out;
}

}  // namespace detail

/// A sentence for each entry that fits none of these tools, in the order in which a policy asks them; with the nearest name. An entry for
/// a tool that comes later is among them as well.
HAFT_COLD inline std::vector<std::string> check_policy(const policy& of, const toolset& tools) {
    std::vector<std::string> out;
    const auto tell = [&](std::string_view where, const std::string& what) {
        if (!what.empty()) out.push_back(concat({where, ": ", what}));
    };
    for (const policy_sanitiser& s : of.sanitisers)
        tell(concat({"sanitiser ", in_quotes(s.name)}), detail::no_tool_of(s.tool, s.tool, true, tools));
    for (const auto* const list : {&of.blacklist, &of.whitelist})
        for (const policy_rule& rule : *list) {
            const std::string_view text = rule.text;
            const bool named_so = rule.kind == rule_kind::tool || rule.kind == rule_kind::argument;
            const bool is_refusal = list == &of.blacklist;
            tell(is_refusal ? "blacklist" : "whitelist",
                 detail::no_tool_of(text.substr(0, named_so ? text.size() : (std::min)(text.find('('), text.size())),
                                    text, is_refusal, tools));
        }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_CHECK_POLICY_HPP
