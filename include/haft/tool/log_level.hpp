// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_LOG_LEVEL_HPP
#define HAFT_TOOL_LOG_LEVEL_HPP

/// How urgent is what a tool tells people: the levels, and their names.

#include <array>
#include <optional>
#include <string_view>

namespace haft::inline v0 {

/// The levels of RFC 5424, which MCP's logging has.
enum class log_level : unsigned char { debug, info, notice, warning, error, critical, alert, emergency };

/// In the order of log_level.
inline constexpr std::array<std::string_view, 8> log_level_names{"debug", "info",     "notice", "warning",
                                                                 "error", "critical", "alert",  "emergency"};
constexpr std::string_view name_of(log_level level) noexcept { return log_level_names[static_cast<unsigned>(level)]; }
constexpr std::optional<log_level> find_log_level(std::string_view name) noexcept {
    for (unsigned i = 0; i < log_level_names.size(); ++i)
        if (log_level_names[i] == name) return static_cast<log_level>(i);
    return {};
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_LOG_LEVEL_HPP
