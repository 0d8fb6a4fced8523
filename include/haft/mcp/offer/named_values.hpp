// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_OFFER_NAMED_VALUES_HPP
#define HAFT_MCP_OFFER_NAMED_VALUES_HPP

/// Values by name: of a prompt's arguments, of the variables of a URI template; and who proposes some.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::mcp {

using named_values = std::map<std::string, std::string, std::less<>>;

/// Proposes values for one name while somebody types: the best first. `others` are those that are known already. Called inside
/// `poll`; of what it gives a client sees the first hundred.
using completer = std::function<std::vector<std::string>(std::string_view typed, const named_values& others)>;

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_OFFER_NAMED_VALUES_HPP
