// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_HIDDEN_METHOD_HPP
#define HAFT_TOOLBOX_HIDDEN_METHOD_HPP

/// Which methods of a class are no tools though they are public. [TB-01]

#include <string_view>

namespace haft::inline v0::detail {

/// Names that are a toolbox's own and no tools, and those that look hidden: `_x`, `x_`. (llm's rule)
constexpr bool is_hidden_method(std::string_view name) noexcept {
    if (name.starts_with('_') || name.ends_with('_')) return true;
    for (const std::string_view own :
         {"tools", "add_tool", "method_tools", "prepare", "prepare_async", "config", "haft_toolbox"})
        if (name == own) return true;
    return false;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOLBOX_HIDDEN_METHOD_HPP
