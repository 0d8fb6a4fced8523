// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_POLICY_RULE_HPP
#define HAFT_RULES_POLICY_RULE_HPP

/// One entry of a list of calls that are let through or refused: a tool, one call, a pattern of calls, an argument that begins
/// so. [EX-12]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/glob.hpp>
#include <haft/core/text.hpp>
#include <haft/rules/call_signature.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

enum class rule_kind : unsigned char {
    tool,      ///< the tool of that name, whatever its arguments
    call,      ///< exactly the call with that signature, as `call_signature::shown` has it
    pattern,   ///< a glob: on the signature where it holds a `(`, and otherwise on the tool's name
    argument,  ///< tools whose names match a glob, where an argument begins with a text
};

/// A value. A rule is exact if it speaks of one tool or of one call, and no pattern.
struct policy_rule {
    rule_kind kind = rule_kind::tool;
    std::string text = {};      ///< a name, a signature or a glob
    std::string argument = {};  ///< of rule_kind::argument: which
    std::string prefix =
        {};  ///< and what it begins with: a string by what it says, any other value by its canonical JSON

    std::string identity =
        {};  ///< of a permission for a tool: of this one alone (tool_identity), and of no other of that name; "": of any

    policy_rule() = default;
    policy_rule(rule_kind what, std::string its_text, std::string of_argument = {}, std::string begins_with = {})
        : kind(what), text(std::move(its_text)), argument(std::move(of_argument)), prefix(std::move(begins_with)) {}
    /// As people write it: with `*`, `?` or `[` a pattern; else with a `(` one call; else a tool.
    policy_rule(std::string_view written)  // NOLINT: implicit, so that lists are lists of texts
        : kind(is_glob(written)                              ? rule_kind::pattern
               : written.find('(') != std::string_view::npos ? rule_kind::call
                                                             : rule_kind::tool),
          text(written) {}
    policy_rule(const char* written) : policy_rule(std::string_view(written)) {}         // NOLINT
    policy_rule(const std::string& written) : policy_rule(std::string_view(written)) {}  // NOLINT

    bool operator==(const policy_rule&) const = default;

    bool is_exact() const noexcept { return kind == rule_kind::tool || kind == rule_kind::call; }

    /// Whether a call is meant, by its tool's own name. See means_any for the spellings that models use. Time O(pattern * signature) at most.
    HAFT_COLD bool matches(std::string_view tool_name, const call_signature& of) const {
        switch (kind) {
            case rule_kind::tool: return text == tool_name;
            case rule_kind::call: return text == of.shown || text == of.text;
            case rule_kind::pattern:
                return text.find('(') == std::string::npos ? glob_matches(text, tool_name)
                                                           : glob_matches(text, of.text);
            case rule_kind::argument: break;
        }
        if (!glob_matches(text, tool_name)) return false;
        for (const signed_argument& a : of.arguments)
            if (a.name == argument) return a.plain.starts_with(prefix);
        return false;
    }

    /// For people: `run(command="git *)` as it was written, `run with command beginning "git "`.
    HAFT_COLD std::string words() const {
        if (kind != rule_kind::argument) return text;
        return concat({text, " with ", argument, " beginning ", in_quotes(prefix)});
    }
};

/// Calls of the tools whose names match a glob, where an argument begins with that text. What comes behind it is for a
/// policy_sanitiser: `git ` begins `git status; rm -rf /` as well.
HAFT_COLD inline policy_rule argument_prefix(std::string tool_glob, std::string argument, std::string prefix) {
    return {rule_kind::argument, std::move(tool_glob), std::move(argument), std::move(prefix)};
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_POLICY_RULE_HPP
