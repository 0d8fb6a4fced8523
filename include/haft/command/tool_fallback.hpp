// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_TOOL_FALLBACK_HPP
#define HAFT_COMMAND_TOOL_FALLBACK_HPP

/// A command that nobody offers may be a tool: `/read README.md`. Which tools there are the host says. [CM-04]

#include <haft/core/result.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/toolset.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// The tools that can be called by `/name`, in the host's own way: with its approvals, hooks and limits. Empty: none.
struct tool_fallback {
    /// The input schema of a tool that can be called now; nothing if there is none of that name.
    std::function<std::optional<std::string>(std::string_view name)> schema_of = {};
    std::function<result<std::string>(std::string_view name, std::string_view arguments, const call_options&)> call =
        {};
    /// For proposals, and for the error that names the nearest.
    std::function<std::vector<std::string>()> names = {};
};

/// Of a toolset, or of a registry: what has `snapshot()` is asked anew each time. Must outlive the fallback.
template <class Tools>
tool_fallback fallback_to(const Tools& tools) {
    tool_fallback out;
    if constexpr (requires { tools.snapshot(); }) {
        out.schema_of = [&tools](std::string_view name) -> std::optional<std::string> {
            const auto now = tools.snapshot();
            const tool* const found = now->find(name);
            if (!found) return {};
            return std::string(found->input_schema);
        };
        out.names = [&tools] {
            const auto now = tools.snapshot();
            std::vector<std::string> names;
            for (const tool& one : now->tools()) names.emplace_back(one.name);
            return names;
        };
    } else {
        out.schema_of = [&tools](std::string_view name) -> std::optional<std::string> {
            const tool* const found = tools.find(name);
            if (!found) return {};
            return std::string(found->input_schema);
        };
        out.names = [&tools] {
            std::vector<std::string> names;
            for (const tool& one : tools) names.emplace_back(one.name);
            return names;
        };
    }
    out.call = [&tools](std::string_view name, std::string_view arguments, const call_options& how) {
        return tools.call(name, arguments, how);
    };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_TOOL_FALLBACK_HPP
