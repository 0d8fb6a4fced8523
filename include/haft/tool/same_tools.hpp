// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_SAME_TOOLS_HPP
#define HAFT_TOOL_SAME_TOOLS_HPP

/// Whether it matters to anybody that one set of tools has come in the place of another.

#include <haft/core/config.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>

namespace haft::inline v0::detail {

/// Whether clients that list tools see the same ones in the same words.
HAFT_COLD inline bool same_tools(const toolset& a, const toolset& b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].name != b[i].name || a[i].title != b[i].title || a[i].description != b[i].description ||
            a[i].input_schema != b[i].input_schema || a[i].output_schema != b[i].output_schema ||
            a[i].effect != b[i].effect || a[i].hints != b[i].hints || a[i].deferred != b[i].deferred)
            return false;
    return true;
}

/// The same of those who call them.
HAFT_COLD inline bool same_functions(const toolset& a, const toolset& b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].execute != b[i].execute || a[i].self != b[i].self || a[i].validate != b[i].validate) return false;
    return true;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_SAME_TOOLS_HPP
