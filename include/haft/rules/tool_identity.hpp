// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_TOOL_IDENTITY_HPP
#define HAFT_RULES_TOOL_IDENTITY_HPP

/// What a permission for a tool is given to: not a name, which anybody may take, but this tool of this owner. [EX-12, RG-06]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/registry/tool_hash.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Another text for a tool of another owner, and for one that says something else of itself: name, description, schema, effect. The
/// same on every machine.
HAFT_COLD inline std::string tool_identity(const tool& t, std::string_view owner = {}) {
    return concat({tool_hash(t, owner), "-", decimal(static_cast<unsigned>(t.effect))});
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_TOOL_IDENTITY_HPP
