// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_INSTRUCTIONS_HPP
#define HAFT_TOOL_INSTRUCTIONS_HPP

/// What a model is told of a toolset as a whole, next to what each tool's schema tells.

#include <haft/tool/toolset.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0 {

/// The system instructions of a toolset, Markdown: `own` (how the tools belong together) first, then the instructions of
/// each tool that has some, in the order of the set, under the tool's name. Empty if nobody says anything. [TD-16]
inline std::string instructions_of(const toolset& tools, std::string_view own = {}) {
    std::string out(own);
    for (const tool& t : tools) {
        if (t.instructions.empty()) continue;
        if (!out.empty()) out += out.back() == '\n' ? "\n" : "\n\n";
        out.append("## ").append(t.name).append("\n\n").append(t.instructions);
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_INSTRUCTIONS_HPP
