// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_TRANSFORM_HPP
#define HAFT_VIEWS_TRANSFORM_HPP

/// One tool of a set as another: `tools | views::transform("search", haft::transform{}.hide("api_key", …))`. [NX-04]

#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/views/transformation.hpp>
#include <haft/views/transformed_tool.hpp>
#include <haft/views/view.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace haft::inline v0 {

namespace views {

/// One tool of the set as another, where it stands. If that can't be (no such tool or argument, a value that does not fit, two
/// arguments of one name) it is left out, and the reason is among the refusals.
HAFT_COLD inline auto transform(std::string tool_name, haft::transform how) {
    return [tool_name = std::move(tool_name), how = std::move(how)](const toolset& from) {
        toolset out;
        if (!from.find(tool_name)) out.refuse(from.no_such_tool(tool_name));
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (from[i].name != tool_name) {
                out.add_from(from, i);
                continue;
            }
            const std::size_t before = out.refusals().size();
            const result<void> added = haft::detail::transformed_tool::add(out, from, i, how);
            if (!added && out.refusals().size() == before) out.refuse(added.error());
        }
        return out;
    };
}

}  // namespace views
}  // namespace haft::inline v0

#endif  // HAFT_VIEWS_TRANSFORM_HPP
