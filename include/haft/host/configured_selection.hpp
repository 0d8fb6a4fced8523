// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CONFIGURED_SELECTION_HPP
#define HAFT_HOST_CONFIGURED_SELECTION_HPP

/// Which tools a configuration wants to be shown: `[tools] only`, which the variable HAFT_TOOLS replaces. [RG-07] Brings nlohmann_json:
/// haft::config.

#include <haft/config/configuration.hpp>
#include <haft/config/read_section.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/tool/selector.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// A selection, and where it was written.
struct configured_selection {
    selector wanted = {};
    std::string at = {};  ///< `haft.toml:3:8`, `environment variable HAFT_TOOLS`

    /// The error of a selection that makes no sense, with its place.
    HAFT_COLD error located(error e) const {
        if (!at.empty()) e.message = concat({at, ": ", e.message});
        return e;
    }
};

namespace detail {
/// `[tools]`
struct tools_table {
    std::optional<std::vector<std::string>> only = {};
};
}  // namespace detail

/// The selection of `/tools/only`, a list of a selector's items; nothing if nobody says one, which is all tools. An empty list selects
/// none. Errors: E0378 for a section that is none; E0260 for an item that means nothing, whatever tools there are.
HAFT_COLD inline result<std::optional<configured_selection>> selection_of(const configuration& from) {
    const result<detail::tools_table> table = from.read<detail::tools_table>("/tools");
    if (!table) return table.error();
    if (!table->only) return std::optional<configured_selection>();
    configured_selection out{.at = from.origin("/tools/only").text()};
    for (const std::string& item : *table->only) out.wanted.add(item);
    if (const result<void> sound = out.wanted.check_items(); !sound) return out.located(sound.error());
    return std::optional(std::move(out));
}

}  // namespace haft::inline v0

#endif  // HAFT_HOST_CONFIGURED_SELECTION_HPP
