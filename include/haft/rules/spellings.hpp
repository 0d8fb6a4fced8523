// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_SPELLINGS_HPP
#define HAFT_RULES_SPELLINGS_HPP

/// The names by which a model may call a tool: its own, and the portable ones that providers are given. Whoever forbids a call
/// may have read either, in a prompt or in a log. [EX-12]

#include <haft/core/config.hpp>
#include <haft/core/glob.hpp>
#include <haft/format/name.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// The spellings beside its own that a tool of that name may have: none if it is portable already; else the portable one, and the
/// one with a hash that it has where another tool takes that.
HAFT_COLD inline std::vector<std::string> portable_spellings(std::string_view name) {
    if (formats::is_portable_name(name)) return {};
    return {formats::portable_name(name), formats::detail::with_hash(formats::detail::readable_name(name), name)};
}

/// Whether a glob, or a name, means a tool in one of its spellings.
HAFT_COLD inline bool glob_means(std::string_view glob, std::string_view name) {
    if (glob_matches(glob, name)) return true;
    for (const std::string& other : portable_spellings(name))
        if (glob_matches(glob, other)) return true;
    return false;
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_SPELLINGS_HPP
