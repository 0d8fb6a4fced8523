// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_POLICY_SANITISER_HPP
#define HAFT_RULES_POLICY_SANITISER_HPP

/// What looks into arguments before any list is asked, and refuses what no list may let through. [EX-12]

#include <haft/core/config.hpp>
#include <haft/core/glob.hpp>
#include <haft/rules/call_signature.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// Looks at each string, at any depth, of some arguments of some tools. What it throws is a refusal.
struct policy_sanitiser {
    std::string name = {};                                           ///< for messages
    std::string tool = "*";                                          ///< a glob on names of tools
    std::string argument = "*";                                      ///< a glob on names of arguments
    std::function<std::string(std::string_view text)> objects = {};  ///< what is wrong with a text; "" if nothing

    /// What it objects to in a call; "" if nothing.
    HAFT_COLD std::string objection(std::string_view tool_name, const call_signature& of) const {
        if (!objects || !glob_matches(tool, tool_name)) return {};
        for (const signed_argument& a : of.arguments) {
            if (!glob_matches(argument, a.name)) continue;
            for (const std::string& text : a.strings)
                if (std::string why = objects(text); !why.empty()) return a.name + ": " + why;
        }
        return {};
    }
};

/// Refuses what makes several commands of one, or runs one within another, in a POSIX shell: ; & | ` $( ${ < > line breaks, NUL.
/// Quoted or not: who wants these lets somebody look at the call.
HAFT_COLD inline policy_sanitiser no_shell_operators(std::string tool = "*", std::string argument = "*") {
    return {"shell operators", std::move(tool), std::move(argument), [](std::string_view text) -> std::string {
                constexpr std::string_view operators(";&|`<>\n\r\0", 9);
                for (std::size_t i = 0; i < text.size(); ++i) {
                    const bool expands =
                        text[i] == '$' && i + 1 < text.size() && (text[i + 1] == '(' || text[i + 1] == '{');
                    if (expands || operators.find(text[i]) != std::string_view::npos)
                        return "an operator of the shell is not allowed here";
                }
                return {};
            }};
}

/// Refuses `..` as a part of a path, with either slash, and NUL.
HAFT_COLD inline policy_sanitiser no_parent_directories(std::string tool = "*", std::string argument = "*") {
    return {"parent directories", std::move(tool), std::move(argument), [](std::string_view text) -> std::string {
                if (text.find('\0') != std::string_view::npos) return "a path has no NUL";
                for (std::size_t at = 0; at <= text.size();) {
                    const std::size_t end = (std::min)(text.find_first_of("/\\", at), text.size());
                    if (text.substr(at, end - at) == "..") return "\"..\" is not allowed in a path here";
                    at = end + 1;
                }
                return {};
            }};
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_POLICY_SANITISER_HPP
